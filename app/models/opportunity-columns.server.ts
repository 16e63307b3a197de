import type { OpportunitySort } from '#app/domain/opportunity-cursor.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Sql } from './opportunity-predicate.server.ts';

/** What an OpportunityListItem is read from: never `raw`, and nothing a JS number would round. */
export const listColumns: Sql = Prisma.sql`
  o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name, o.customer,
  o.practice, o.geo, o.region, o.sector, o.deal_value::text AS "dealValue", o.currency,
  o.win_probability AS "winProbability", o.sales_owner AS "salesOwner",
  o.sales_owner_email AS "salesOwnerEmail", o.stage, o.crm_status AS "crmStatus",
  to_char(o.close_date, 'YYYY-MM-DD') AS "closeDate", o.crm_created_at AS "crmCreatedAt",
  o.crm_updated_at AS "crmUpdatedAt", o.last_synced_at AS "lastSyncedAt",
  o.gone_since AS "goneSince",
  (SELECT m.missed_at FROM missing_opportunities m WHERE m.opportunity_id = o.id) AS "missingSince",
  o.workflow_status::text AS "workflowStatus",
  o.assigned_sa::text AS "assignedSa", o.sa_notes AS "saNotes",
  o.practice_head_recommendation AS "practiceHeadRecommendation",
  o.management_decision AS "managementDecision"`;

/** What an OpportunityDetail has besides, `u` being the users. */
export const detailColumns: Sql = Prisma.sql`
  o.status_before_close::text AS "statusBeforeClose", o.first_sync_log_id::text AS "firstSyncLogId",
  o.last_sync_log_id::text AS "lastSyncLogId", coalesce(u.name, u.email) AS "assignedTo",
  o.raw::text AS raw`;

/** `text` keeps every digit of the column, so that a cursor finds its place again. */
export const sortColumns: Record<OpportunitySort, { column: Sql; text: Sql; type: Sql }> = {
  close_date: {
    column: Prisma.sql`o.close_date`,
    text: Prisma.sql`to_char(o.close_date, 'YYYY-MM-DD')`,
    type: Prisma.sql`date`,
  },
  crm_updated_at: {
    column: Prisma.sql`o.crm_updated_at`,
    text: Prisma.sql`to_char(o.crm_updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    type: Prisma.sql`timestamptz`,
  },
  deal_value: plain(Prisma.sql`o.deal_value`, Prisma.sql`numeric`),
  win_probability: plain(Prisma.sql`o.win_probability`, Prisma.sql`int`),
  name: plain(Prisma.sql`o.name`, Prisma.sql`text`),
  customer: plain(Prisma.sql`o.customer`, Prisma.sql`text`),
  remote_id: plain(Prisma.sql`o.remote_id`, Prisma.sql`bigint`),
};

function plain(column: Sql, type: Sql) {
  return { column, text: Prisma.sql`${column}::text`, type };
}
