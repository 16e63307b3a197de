import { z } from 'zod';
import type { OpportunityDetail, OpportunityListItem } from './opportunity.ts';
import { workflowStatuses } from './workflow.ts';

const text = z.string().nullable();
const instant = z.iso.datetime();

/** One opportunity as the HTTP API answers it: the table's columns by their names. */
export const apiOpportunity = z.object({
  remote_id: z.string().describe("The CRM's OptyId, as text because it may exceed 2^53."),
  remote_number: text.describe("The CRM's OptyNumber."),
  name: text,
  customer: text,
  practice: text,
  geo: text,
  region: text,
  sector: text,
  deal_value: text.describe('Decimal, digit for digit as stored, in `currency`.'),
  currency: text,
  win_probability: z.number().int().nullable().describe("The CRM's, in percent."),
  sales_owner: text,
  sales_owner_email: text,
  stage: text,
  crm_status: text,
  close_date: z.iso.date().nullable(),
  crm_created_at: instant.nullable(),
  crm_updated_at: instant.nullable(),
  last_synced_at: instant,
  gone_since: instant.nullable().describe('Since when it reads as gone from the CRM.'),
  workflow_status: z.enum(workflowStatuses),
  assigned_sa: text.describe('The id of the solution architect.'),
  sa_notes: text,
  practice_head_recommendation: text,
  management_decision: text,
});
export type ApiOpportunity = z.infer<typeof apiOpportunity>;

export const apiOpportunityPage = z.object({
  items: z.array(apiOpportunity),
  next_cursor: z.string().nullable().describe('Null on the last page.'),
  total: z.number().int().describe('Rows of the whole list.'),
});

/** An opportunity in the API's words; `raw` is no part of it. */
export function toApiOpportunity(item: OpportunityListItem | OpportunityDetail): ApiOpportunity {
  return {
    remote_id: item.remoteId,
    remote_number: item.remoteNumber,
    name: item.name,
    customer: item.customer,
    practice: item.practice,
    geo: item.geo,
    region: item.region,
    sector: item.sector,
    deal_value: item.dealValue,
    currency: item.currency,
    win_probability: item.winProbability,
    sales_owner: item.salesOwner,
    sales_owner_email: item.salesOwnerEmail,
    stage: item.stage,
    crm_status: item.crmStatus,
    close_date: item.closeDate,
    crm_created_at: item.crmCreatedAt?.toISOString() ?? null,
    crm_updated_at: item.crmUpdatedAt?.toISOString() ?? null,
    last_synced_at: item.lastSyncedAt.toISOString(),
    gone_since: item.goneSince?.toISOString() ?? null,
    workflow_status: item.workflowStatus,
    assigned_sa: item.assignedSa,
    sa_notes: item.saNotes,
    practice_head_recommendation: item.practiceHeadRecommendation,
    management_decision: item.managementDecision,
  };
}
