import { isDay } from './day.ts';
import { zoneClock } from './zone-clock.ts';

const shape = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z)?)?$/;

/**
 * The instant somebody has typed: a date, which is its beginning, or a date with a time, both as the clock
 * on the wall of `zone` shows them; a `Z` at the end makes it UTC. Null where it is no such thing.
 */
export function readInstant(text: string, zone: string): Date | null {
  const match = shape.exec(text.trim());
  if (!match) return null;
  const [, day = '', hour = '00', minute = '00', second = '00', zulu] = match;
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const wall = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return new Date(zulu ? wall : zoneClock(zone).instantOf(wall));
}

/** Whether a text names a time zone. */
export function isZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}
