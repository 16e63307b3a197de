import type { WorkflowPlace } from './workflow.ts';

/** CRM status codes of a deal that will not be delivered, so that nothing is left to do for it. */
export const comesToNothing = ['LOST', 'NO_SALE'] as const;

/**
 * Whether the conditions of the last decision still have to be met: those of a conditional GO that stands.
 * A deal that the CRM closes as won is bound by what its GO hangs on as much as an open one; one that comes
 * to nothing is not.
 */
export function conditionsFollowed(
  { status, beforeClose }: WorkflowPlace,
  crmStatus: string | null,
): boolean {
  return (
    (beforeClose ?? status) === 'CONDITIONAL_GO' &&
    !comesToNothing.some((code) => code === crmStatus)
  );
}
