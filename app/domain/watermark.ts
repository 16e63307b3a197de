/** Nothing in a CRM was changed before this. */
const earliest = new Date('1970-01-01T00:00:00Z');

/** Why the watermark cannot be set to a time; null where it can. Only ever back: forward would skip changes. */
export function whyNotSetBack(
  to: Date,
  { watermark, now }: { watermark: Date; now: Date },
): string | null {
  if (to < earliest) {
    return 'No CRM has changes from before 1970. To read everything again, run a full sync.';
  }
  if (to > now) {
    return 'This lies in the future. Everything that changes until then would be skipped.';
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
