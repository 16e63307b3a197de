import { zoneClock } from './zone-clock.ts';

/** The hours of a working week, in the time zone they are read in. */
export interface WorkingHours {
  /** 0 is Sunday. */
  days: ReadonlySet<number>;
  /** Minutes after midnight. */
  opens: number;
  closes: number;
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const shape = /^((?:[A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?,?)+) (\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** Reads `Mon-Fri 09:00-17:00` or `Sun-Thu,Sat 08:30-16:00`; null where it is neither. */
export function parseWorkingHours(text: string): WorkingHours | null {
  const match = shape.exec(text.trim());
  if (!match) return null;
  const days = (match[1] ?? '').split(',').map(daysOf);
  const [opens, closes] = [minutesOf(match[2], match[3]), minutesOf(match[4], match[5])];
  if (days.some((each) => each === null) || opens === null || closes === null) return null;
  if (opens >= closes) return null;
  return { days: new Set(days.flatMap((each) => each ?? [])), opens, closes };
}

/** `Fri-Mon` goes over the end of the week. */
function daysOf(range: string): number[] | null {
  const [first = '', last = first] = range.split('-');
  const [from, to] = [dayNames.indexOf(first), dayNames.indexOf(last)];
  if (from < 0 || to < 0) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => (from + index) % 7);
}

function minutesOf(hour = '', minute = ''): number | null {
  const total = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && total <= 24 * 60 ? total : null;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Beyond this many days there is no working time to be found. */
const horizon = 3660;

/** Which time counts as working time. */
export interface WorkingCalendar {
  /** The working time of a day, counted in days since 1970; null where nobody works. */
  windowOf(day: number): { from: number; to: number } | null;
  /** The day an instant falls on. */
  dayOf(instant: number): number;
}

/** The working time of a zone. `holidays` are days written YYYY-MM-DD. */
export function workingCalendar(
  hours: WorkingHours,
  timeZone: string,
  holidays: ReadonlySet<string>,
): WorkingCalendar {
  const clock = zoneClock(timeZone);
  const known = new Map<number, { from: number; to: number } | null>();
  function windowAt(day: number) {
    const midnight = day * dayMs;
    if (!hours.days.has(new Date(midnight).getUTCDay()) || holidays.has(dayText(day))) return null;
    const from = clock.instantOf(midnight + hours.opens * minuteMs);
    return { from, to: Math.max(from, clock.instantOf(midnight + hours.closes * minuteMs)) };
  }
  return {
    dayOf: (instant) => Math.floor((instant + clock.offsetAt(instant)) / dayMs),
    windowOf(day) {
      const window = known.get(day);
      if (window !== undefined) return window;
      const found = windowAt(day);
      known.set(day, found);
      return found;
    },
  };
}

/** A day since 1970 as YYYY-MM-DD. */
function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The working time between two instants, in milliseconds; 0 where the second is not after the first. */
export function workingTime(from: Date, to: Date, calendar: WorkingCalendar): number {
  const [begin, end] = [from.getTime(), to.getTime()];
  let total = 0;
  if (end <= begin) return 0;
  for (let day = calendar.dayOf(begin); day <= calendar.dayOf(end); day++) {
    const window = calendar.windowOf(day);
    if (!window) continue;
    total += Math.max(0, Math.min(end, window.to) - Math.max(begin, window.from));
  }
  return total;
}

/** The first instant by which that much working time has passed; null where there is none to come. */
export function afterWorking(from: Date, ms: number, calendar: WorkingCalendar): Date | null {
  let left = ms;
  if (left <= 0) return from;
  const first = calendar.dayOf(from.getTime());
  for (let day = first; day < first + horizon; day++) {
    const window = calendar.windowOf(day);
    if (!window) continue;
    const begin = Math.max(from.getTime(), window.from);
    if (window.to - begin >= left) return new Date(begin + left);
    left -= Math.max(0, window.to - begin);
  }
  return null;
}

/** The last instant since which that much working time has passed; null where there was none. */
export function beforeWorking(to: Date, ms: number, calendar: WorkingCalendar): Date | null {
  let left = ms;
  if (left <= 0) return to;
  const last = calendar.dayOf(to.getTime());
  for (let day = last; day > last - horizon; day--) {
    const window = calendar.windowOf(day);
    if (!window) continue;
    const end = Math.min(to.getTime(), window.to);
    if (end - window.from >= left) return new Date(end - left);
    left -= Math.max(0, end - window.from);
  }
  return null;
}
