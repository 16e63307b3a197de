import type { WorkflowStatus } from './workflow.ts';

/** One row of a list: every column but `raw`. Null is what the CRM does not say. */
export interface OpportunityListItem {
  id: string;
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  customer: string | null;
  practice: string | null;
  geo: string | null;
  region: string | null;
  sector: string | null;
  /** Decimal text in `currency`, digit for digit as stored. */
  dealValue: string | null;
  currency: string | null;
  /** The CRM's, in percent. */
  winProbability: number | null;
  salesOwner: string | null;
  salesOwnerEmail: string | null;
  stage: string | null;
  crmStatus: string | null;
  /** YYYY-MM-DD */
  closeDate: string | null;
  crmCreatedAt: Date | null;
  crmUpdatedAt: Date | null;
  lastSyncedAt: Date;
  goneSince: Date | null;
  /** Since when no sweep has seen it, while that is being confirmed. */
  missingSince: Date | null;
  workflowStatus: WorkflowStatus;
  /** users.id */
  assignedSa: string | null;
  saNotes: string | null;
  practiceHeadRecommendation: string | null;
  managementDecision: string | null;
}

export interface OpportunityDetail extends OpportunityListItem {
  statusBeforeClose: WorkflowStatus | null;
  firstSyncLogId: string | null;
  lastSyncLogId: string | null;
  /** The name, or else the e-mail address, of who assesses it. */
  assignedTo: string | null;
  /** The CRM's record as JSON text, since its numbers may exceed what a JS number holds. */
  raw: string;
}

export interface OpportunityPage {
  items: OpportunityListItem[];
  /** Null on the last page. */
  nextCursor: string | null;
  /** Rows of the whole list. */
  total: number;
}
