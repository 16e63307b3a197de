import { tolerance, staleFieldNames, type StaleField } from '#app/domain/staleness.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';

/** Sends SQL with its values and answers the rows: a connection of the sync, or a transaction of Prisma. */
export type Query = (text: string, values: unknown[]) => Promise<unknown[]>;

interface NewlyStale {
  opportunityId: string;
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  decided: boolean;
  assignedSa: string | null;
  fields: StaleField[];
}

/**
 * Holds these opportunities against what their submitted assessments rest on, marks what has moved too far
 * and takes back marks of what came back. Tells the architect, or the managers once it is decided. Give it
 * the transaction that wrote the change. Answers how many assessments went stale.
 */
export async function markStale(
  query: Query,
  opportunityIds: readonly string[],
  runId: string,
): Promise<number> {
  if (opportunityIds.length === 0) return 0;
  const stale = (await query(markMoved, [opportunityIds, runId])) as NewlyStale[];
  if (stale.length > 0) await query(tellOfStale, [JSON.stringify(stale.map(noticeOf))]);
  return stale.length;
}

function noticeOf(stale: NewlyStale) {
  const fields = stale.fields.map((field) => staleFieldNames[field].toLowerCase()).join(', ');
  return {
    opportunity_id: stale.opportunityId,
    path: opportunityPath(stale),
    architect: stale.decided ? null : stale.assignedSa,
    managers: stale.decided,
    title: `The CRM moved under the ${stale.decided ? 'decision on' : 'assessment of'} “${stale.name ?? 'an opportunity'}”`,
    body: `Changed since it was submitted: ${fields}.`,
  };
}

const decided = `('GO', 'NO_GO', 'CONDITIONAL_GO')`;

/** $1 opportunity ids, $2 run. `movedFields` of the domain says the same; a test holds the two together. */
const markMoved = `
  WITH resting AS (
    SELECT DISTINCT ON (o.id) b.assessment_id, b.deal_value, b.currency, b.close_date, b.stage,
      b.crm_status, b.gone, o.id, o.deal_value AS deal_value_now, o.currency AS currency_now,
      o.close_date AS close_date_now, o.stage AS stage_now, o.crm_status AS crm_status_now,
      o.gone_since IS NOT NULL AS gone_now
    FROM opportunities o JOIN assessment_bases b ON b.opportunity_id = o.id
      JOIN assessments a ON a.id = b.assessment_id
    WHERE o.id = ANY ($1::bigint[])
      AND coalesce(o.status_before_hold, o.workflow_status) IN ('SUBMITTED', 'RECOMMENDED', 'GO', 'NO_GO', 'CONDITIONAL_GO')
      AND o.workflow_status <> 'CLOSED_IN_CRM'
    ORDER BY o.id, a.version DESC
  ),
  compared AS (
    SELECT r.id, r.assessment_id, f.* FROM resting r, LATERAL (VALUES
      ('deal_value', r.deal_value::text, r.deal_value_now::text,
        coalesce(abs(r.deal_value_now - r.deal_value) * 100 > abs(r.deal_value) * ${tolerance.amountPercent},
          r.deal_value_now IS DISTINCT FROM r.deal_value)),
      ('currency', r.currency, r.currency_now, r.currency IS DISTINCT FROM r.currency_now),
      ('close_date', r.close_date::text, r.close_date_now::text,
        coalesce(abs(r.close_date_now - r.close_date) > ${tolerance.closeDays},
          r.close_date_now IS DISTINCT FROM r.close_date)),
      ('stage', r.stage, r.stage_now, r.stage IS DISTINCT FROM r.stage_now),
      ('crm_status', r.crm_status, r.crm_status_now,
        r.crm_status IS DISTINCT FROM r.crm_status_now),
      ('gone', CASE WHEN r.gone THEN 'gone' ELSE 'present' END,
        CASE WHEN r.gone_now THEN 'gone' ELSE 'present' END,
        r.gone <> r.gone_now)
    ) AS f (field, before, after, moved)
  ),
  reverted AS (
    UPDATE stale_marks m SET resolution = 'REVERTED', resolved_at = now(), resolved_by_name = 'BQS'
    FROM compared c
    WHERE m.assessment_id = c.assessment_id AND m.field = c.field AND m.resolved_at IS NULL AND NOT c.moved
  ),
  marked AS (
    INSERT INTO stale_marks AS m (assessment_id, opportunity_id, sync_log_id, field, before, after)
    SELECT assessment_id, id, $2::bigint, field, before, after FROM compared WHERE moved
    ON CONFLICT (assessment_id, field) WHERE resolved_at IS NULL
    DO UPDATE SET after = EXCLUDED.after, sync_log_id = EXCLUDED.sync_log_id
      WHERE m.after IS DISTINCT FROM EXCLUDED.after
    RETURNING m.opportunity_id, m.field, xmax = 0 AS fresh
  )
  SELECT o.id::text AS "opportunityId", o.remote_id::text AS "remoteId",
    o.remote_number AS "remoteNumber", o.name, o.assigned_sa::text AS "assignedSa",
    coalesce(o.status_before_hold, o.workflow_status) IN ${decided} AS decided,
    array_agg(m.field ORDER BY m.field) AS fields
  FROM marked m JOIN opportunities o ON o.id = m.opportunity_id
  WHERE m.fresh GROUP BY o.id`;

/** $1 notices as JSON. */
const tellOfStale = `
  INSERT INTO notifications (user_id, topic, opportunity_id, title, body, path)
  SELECT u.id, 'stale', n.opportunity_id, n.title, n.body, n.path
  FROM jsonb_to_recordset($1::jsonb)
    AS n (opportunity_id bigint, path text, architect uuid, managers boolean, title text, body text),
    LATERAL (SELECT id FROM users WHERE id = n.architect
      UNION SELECT user_id FROM user_roles WHERE n.managers AND role = 'MANAGER') AS p
    JOIN users u ON u.id = p.id AND u.deactivated_at IS NULL AND u.deleted_at IS NULL`;
