import type { WorkflowStatus } from './workflow.ts';

const dayMs = 86_400_000;

/** When an opportunity closes, seen from `today`; both are YYYY-MM-DD. */
export function closeWords(closeDate: string | null, today: string): string {
  if (closeDate === null) return 'close date not set in CRM';
  const days = Math.round((Date.parse(closeDate) - Date.parse(today)) / dayMs);
  if (days === 0) return 'closes today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `closes in ${count}` : `close date ${count} past`;
}

/** When something is due, seen from `today`; both are YYYY-MM-DD. */
export function dueWords(due: string, today: string): string {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / dayMs);
  if (days === 0) return 'due today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `due in ${count}` : `overdue by ${count}`;
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
