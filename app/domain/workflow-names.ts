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
