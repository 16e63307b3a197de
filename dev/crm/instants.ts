const shape =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Microseconds since 1970 of a date, an ISO timestamp or `YYYY-MM-DD HH:MM:SS`; without an offset
 * it counts as UTC. Null where the text is no such thing or names a day that does not exist.
 */
export function parseInstant(text: string): number | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year!, month! - 1, day!);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return null;
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  const micros = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  const seconds = hour! * 3600 + minute! * 60 + second! - offsetSeconds(match[8]);
  return midnight * 1000 + seconds * 1_000_000 + micros;
}

function offsetSeconds(offset: string | undefined): number {
  if (!offset || offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return offset.startsWith('-') ? -seconds : seconds;
}

/** `YYYY-MM-DD` of a literal, or null where it is no real day. A time after the day is dropped. */
export function parseDay(text: string): string | null {
  return parseInstant(text) === null ? null : text.slice(0, 10);
}

export type InstantStyle = 'plain' | 'fraction' | 'zulu' | 'pacific' | 'pacificFraction' | 'india';

const offsets: Record<InstantStyle, { minutes: number; suffix: string; fraction: boolean }> = {
  plain: { minutes: 0, suffix: '+00:00', fraction: false },
  fraction: { minutes: 0, suffix: '+00:00', fraction: true },
  zulu: { minutes: 0, suffix: 'Z', fraction: true },
  pacific: { minutes: -420, suffix: '-07:00', fraction: false },
  pacificFraction: { minutes: -420, suffix: '-07:00', fraction: true },
  india: { minutes: 330, suffix: '+05:30', fraction: true },
};

/** Writes epoch milliseconds as one of the spellings pods use; spellings without a fraction drop it. */
export function formatInstant(milliseconds: number, style: InstantStyle): string {
  const { minutes, suffix, fraction } = offsets[style];
  const local = new Date(milliseconds + minutes * 60_000).toISOString();
  return local.slice(0, fraction ? 23 : 19) + suffix;
}

/** Whether a spelling keeps milliseconds. */
export function keepsFraction(style: InstantStyle): boolean {
  return offsets[style].fraction;
}

/** `YYYY-MM-DD` in UTC of epoch milliseconds. */
export function formatDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
