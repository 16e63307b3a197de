import { whyNoDay } from './day.ts';

/** Nothing in a CRM was changed before this. */
const earliest = new Date('1970-01-01T00:00:00Z');

const tooEarly = 'The watermark can be set back to 1970 at the earliest.';
const tooLate = 'This lies in the future. Everything that changes until then would be skipped.';
const noTime = 'Write a date, or a date and a time: 2027-03-01 or 2027-03-01 14:30.';

/** What is wrong with a time that cannot be read as one: no day, none that exists, or a year far away. */
export function whyNoTime(typed: string): string {
  const [, day = '', rest = ''] = /^([\d-]+)(.*)$/.exec(typed.trim()) ?? [];
  const wrong = whyNoDay(day, noTime);
  if (wrong) return wrong;
  if (rest !== '' && !/^[T ]+([01]\d|2[0-3]):[0-5]\d/.test(rest)) return noTime;
  if (new Date(day) < earliest) return tooEarly;
  return day > '2199' ? tooLate : noTime;
}

/** Why the watermark cannot be set to a time; null where it can. Only ever back: forward would skip changes. */
export function whyNotSetBack(
  to: Date,
  { watermark, now }: { watermark: Date; now: Date },
): string | null {
  if (to < earliest) {
    return `${tooEarly} To read everything again, sync everything.`;
  }
  if (to > now) {
    return tooLate;
  }
  if (to.getTime() === watermark.getTime()) return 'The watermark stands there already.';
  if (to > watermark) {
    return 'This is ahead of the watermark. It can only be set back: what lies between would be skipped.';
  }
  return null;
}

/** The longest range a backfill reads, in days. */
export const longestBackfill = 366;

const day = 86_400_000;

/** What is wrong with a range of days (`YYYY-MM-DD`, both included), by field; empty where nothing is. */
export function whyNotBackfill(
  { from, to }: { from: string; to: string },
  today: string,
): { from?: string; to?: string } {
  if (from > to) return { to: 'The last day lies before the first.' };
  if (from > today) return { from: 'This day is still to come: nothing has changed on it yet.' };
  if (to > today) return { to: 'This day is still to come. End today at the latest.' };
  if (Date.parse(from) < earliest.getTime()) {
    return { from: 'No CRM has changes from before 1970.' };
  }
  const days = (Date.parse(to) - Date.parse(from)) / day + 1;
  if (days <= longestBackfill) return {};
  return {
    to: `These are ${days} days; a backfill reads at most ${longestBackfill}. Split it, or run a full sync.`,
  };
}
