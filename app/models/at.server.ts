import type { Db } from '#app/lib/db.server.ts';
import { readCalendar, workingToday } from './working-calendar.server.ts';
import type { At } from './worklist-row.server.ts';

/** The time a page is made for, where people work. */
export async function readAt(db: Db, now = new Date()): Promise<At> {
  return { now, calendar: await readCalendar(db), today: workingToday(now) };
}
