import type { WorkflowStatus } from './workflow.ts';

// Apart from the schema, so that a page can name a state without carrying a validator to the browser.
export const workflowStatusNames: Record<WorkflowStatus, string> = {
  NEW: 'New',
  ASSIGNED: 'Assigned',
  IN_ASSESSMENT: 'In assessment',
  SUBMITTED: 'Submitted',
  RECOMMENDED: 'Recommended',
  GO: 'GO',
  NO_GO: 'NO-GO',
  CONDITIONAL_GO: 'Conditional GO',
  ON_HOLD: 'On hold',
  CLOSED_IN_CRM: 'Closed in CRM',
};

/** A state in the middle of a sentence, where verdicts are written as they are everywhere. */
export function statusInSentence(status: WorkflowStatus): string {
  const name = workflowStatusNames[status];
  return /GO$/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
