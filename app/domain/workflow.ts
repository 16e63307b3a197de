import { z } from 'zod';

/** Where an opportunity is in our workflow; the CRM's stage and status are columns of their own. */
export const workflowStatuses = [
  'NEW',
  'ASSIGNED',
  'IN_ASSESSMENT',
  'SUBMITTED',
  'RECOMMENDED',
  'GO',
  'NO_GO',
  'CONDITIONAL_GO',
  'ON_HOLD',
  'CLOSED_IN_CRM',
] as const;

export const workflowStatusSchema = z.enum(workflowStatuses);
export type WorkflowStatus = z.infer<typeof workflowStatusSchema>;

export { workflowStatusNames } from './workflow-names.ts';

/** CRM status codes that mean the CRM has closed the opportunity (oracle.md section 2). */
export const closedCrmStatuses = ['WON', 'LOST', 'NO_SALE'] as const;

export interface WorkflowPlace {
  status: WorkflowStatus;
  /** What CLOSED_IN_CRM replaced; null in every other state. */
  beforeClose: WorkflowStatus | null;
}

/**
 * The only move the sync makes: close when the CRM says closed, and back to where it was when the
 * CRM no longer does. Returns the same place where nothing moves.
 */
export function followCrmStatus(place: WorkflowPlace, crmStatus: string | null): WorkflowPlace {
  const closed = closedCrmStatuses.some((code) => code === crmStatus);
  if (closed && place.status !== 'CLOSED_IN_CRM') {
    return { status: 'CLOSED_IN_CRM', beforeClose: place.status };
  }
  if (!closed && place.status === 'CLOSED_IN_CRM') {
    return { status: place.beforeClose ?? 'NEW', beforeClose: null };
  }
  return place;
}
