import { dayText } from '#app/domain/working-time.ts';
import type { Db } from '#app/lib/db.server.ts';
import { readCalendar } from './working-calendar.server.ts';
import type { At } from './worklist-row.server.ts';

/** The time a page is made for, where people work. */
export async function readAt(db: Db, now = new Date()): Promise<At> {
  const calendar = await readCalendar(db);
  return { now, calendar, today: dayText(calendar.dayOf(now.getTime())) };
}
