import {
  parseWorkingHours,
  workingCalendar,
  type WorkingCalendar,
} from '#app/domain/working-time.ts';
import { zoneClock } from '#app/domain/zone-clock.ts';
import type { Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';

export interface HolidayRow {
  /** YYYY-MM-DD */
  day: string;
  name: string;
}

/** The time zone people work in. */
export const workingZone = env.WORKING_TIMEZONE ?? env.SYNC_TIMEZONE;

/** Today where people work, YYYY-MM-DD. */
export function workingToday(now = new Date()): string {
  const wall = now.getTime() + zoneClock(workingZone).offsetAt(now.getTime());
  return new Date(wall).toISOString().slice(0, 10);
}

/** The working time of the settings and the holidays kept in BQS. */
export async function readCalendar(db: Db): Promise<WorkingCalendar> {
  const hours = parseWorkingHours(env.WORKING_HOURS);
  if (!hours) throw new TypeError(`${env.WORKING_HOURS} are no working hours.`);
  const holidays = await listHolidays(db);
  return workingCalendar(hours, workingZone, new Set(holidays.map(({ day }) => day)));
}

/** All holidays, the first one first. */
export async function listHolidays(db: Db): Promise<HolidayRow[]> {
  const rows = await db.holiday.findMany({ orderBy: { day: 'asc' } });
  return rows.map(({ day, name }) => ({ day: day.toISOString().slice(0, 10), name }));
}
