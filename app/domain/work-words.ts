import type { WorkflowStatus } from './workflow.ts';

/** The states of an opportunity that is still to be decided on. */
export const undecidedStatuses = [
  ...(['NEW', 'ASSIGNED', 'IN_ASSESSMENT', 'SUBMITTED', 'RECOMMENDED', 'ON_HOLD'] as const),
] satisfies WorkflowStatus[];

const dayMs = 86_400_000;

/** When an opportunity closes, seen from `today`; both are YYYY-MM-DD. */
export function closeWords(closeDate: string | null, today: string): string {
  if (closeDate === null) return 'close date not set in CRM';
  const past = pastWords(closeDate, today);
  if (past) return `close date ${past}`;
  const days = daysFrom(today, closeDate);
  return days === 0 ? 'closes today' : `closes in ${daysWords(days)}`;
}

/** How far a close date is past, `3 days past`; null where it is not. Both are YYYY-MM-DD. */
export function pastWords(closeDate: string | null, today: string): string | null {
  if (closeDate === null || closeDate >= today) return null;
  return `${daysWords(-daysFrom(today, closeDate))} past`;
}

/** When something is due, seen from `today`; both are YYYY-MM-DD. */
export function dueWords(due: string, today: string): string {
  const days = daysFrom(today, due);
  if (days === 0) return 'due today';
  return days > 0 ? `due in ${daysWords(days)}` : `overdue by ${daysWords(-days)}`;
}

function daysFrom(today: string, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
}

function daysWords(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** What a person reads instead of a recommendation's code. */
export const recommendationNames = {
  GO: 'GO',
  NO_GO: 'NO-GO',
  CONDITIONAL: 'Conditional GO',
} as const;

/** The list of all opportunities in these states, of these practices if any are named. */
export function listOfStates(
  states: readonly WorkflowStatus[],
  practices: readonly string[] = [],
): string {
  return `/opportunities?${new URLSearchParams([
    ...states.map((state) => ['workflow_status', state]),
    ...practices.map((practice) => ['practice', practice]),
  ])}`;
}
