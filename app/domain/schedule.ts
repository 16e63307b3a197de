import { CronExpressionParser } from 'cron-parser';

/** The first time after `after` at which a cron expression of five fields comes due. */
export function nextDue(cron: string, timeZone: string, after: Date): Date {
  return CronExpressionParser.parse(cron, { currentDate: after, tz: timeZone }).next().toDate();
}

/** Whether a text is a cron expression of five fields that comes due at some time. */
export function isCron(text: string): boolean {
  if (!/^(\S+\s+){4}\S+$/.test(text)) return false;
  try {
    return Boolean(nextDue(text, 'UTC', new Date(0)));
  } catch {
    return false;
  }
}

const minute = 60_000;

/**
 * When a sync that follows the one of `lastGood` should be done: the next due time and half the time
 * between two of them, at least five minutes and at most an hour.
 */
export function expectedBy(cron: string, timeZone: string, lastGood: Date): Date {
  const due = nextDue(cron, timeZone, lastGood);
  const interval = nextDue(cron, timeZone, due).getTime() - due.getTime();
  const grace = Math.min(Math.max(interval / 2, 5 * minute), 60 * minute);
  return new Date(due.getTime() + grace);
}
