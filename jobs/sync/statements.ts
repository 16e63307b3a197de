import type { MappedOpportunity } from '#jobs/oracle/map.ts';

// All SQL of applying a page, which travels as one stream or one parameter, never row by row.

/** The mapped columns besides the key, with their types. */
const columns: Record<keyof Omit<MappedOpportunity, 'remote_id'>, string> = {
  remote_number: 'text',
  name: 'text',
  customer: 'text',
  practice: 'text',
  geo: 'text',
  region: 'text',
  sector: 'text',
  deal_value: 'numeric',
  currency: 'text',
  win_probability: 'int',
  sales_owner: 'text',
  sales_owner_email: 'text',
  stage: 'text',
  crm_status: 'text',
  close_date: 'date',
  crm_created_at: 'timestamptz',
  crm_updated_at: 'timestamptz',
};

export const mappedColumns = Object.keys(columns) as (keyof typeof columns)[];
export type Column = keyof typeof columns;
const list = (of: (name: Column) => string) => mappedColumns.map(of).join(', ');

/** $1: the records as they were sent, read as rows `r`. */
export const incoming = `jsonb_to_recordset($1::jsonb) AS r (remote_id bigint, content_hash text, raw jsonb,
  ${list((name) => `${name} ${columns[name]}`)})`;

/** $1 remote ids. */
export const selectExisting = `
  SELECT remote_id::text, encode(content_hash, 'hex') AS content_hash, gone_since IS NOT NULL AS gone
  FROM opportunities WHERE remote_id = ANY ($1::bigint[])`;

/** New rows come in by COPY: half the work of an INSERT of the same rows (measured, see tests/bench). */
export const copyNew = `
  COPY opportunities (remote_id, content_hash, raw, first_sync_log_id, last_sync_log_id,
    workflow_status, status_before_close, ${list((name) => name)}) FROM STDIN`;

/** A value as people read it in the history; two numbers that are equal read the same. */
function shown(row: string, name: Column): string {
  const value = `${row}.${name}`;
  if (columns[name] === 'timestamptz') {
    return `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  }
  if (name === 'deal_value' && row === 'b') {
    return `(CASE WHEN b.deal_value = r.deal_value THEN r.deal_value ELSE b.deal_value END)::text`;
  }
  return `${value}::text`;
}

/** Whether what the CRM sent, `r`, is not what we have, `o`. A preview asks the same, so it cannot drift apart. */
export const differs = `(o.gone_since IS NOT NULL OR o.raw IS DISTINCT FROM r.raw
      OR (${list((name) => `o.${name}`)}) IS DISTINCT FROM (${list((name) => `r.${name}`)}))`;

/** Whether it is left out as older than ours, where the parameter says that this holds. */
export const leftOut = (asked: string) =>
  `(${asked} AND coalesce(r.crm_updated_at < o.crm_updated_at, false))`;

/** Every field before, of `b`, and after, of `r`. */
export const beforeAndAfter = `(VALUES
      ${mappedColumns.map((name) => `('${name}', ${shown('b', name)}, ${shown('r', name)})`).join(', ')}
    ) AS f (field, before, after)`;

const closed = `coalesce(r.crm_status = ANY ($3::text[]), false)`;
const closes = `(${closed} AND b.workflow_status <> 'CLOSED_IN_CRM')`;
const reopens = `(NOT ${closed} AND b.workflow_status = 'CLOSED_IN_CRM')`;

/**
 * $1 records, $2 run, $3 CRM statuses that mean closed, $4 whether a record older than ours is left out,
 * $5 who the audit names. Answers the ids of the rows written and how many of them had been gone.
 */
export const updateChanged = `
  WITH r AS (SELECT * FROM ${incoming}),
  b AS (
    SELECT o.* FROM opportunities o JOIN r USING (remote_id)
    WHERE ${differs} AND NOT ${leftOut('$4')}
    ORDER BY o.id FOR NO KEY UPDATE OF o
  ),
  written AS (
    UPDATE opportunities o
    SET ${list((name) => `${name} = r.${name}`)},
      content_hash = decode(r.content_hash, 'hex'), raw = r.raw, gone_since = NULL,
      last_sync_log_id = $2, last_synced_at = now(),
      workflow_status = CASE WHEN ${closes} THEN 'CLOSED_IN_CRM'
        WHEN ${reopens} THEN coalesce(b.status_before_close, 'NEW') ELSE b.workflow_status END,
      status_before_close = CASE WHEN ${closes} THEN b.workflow_status
        WHEN ${reopens} THEN NULL ELSE b.status_before_close END
    FROM b JOIN r USING (remote_id) WHERE o.id = b.id
    RETURNING o.id
  ),
  changes AS (
    INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind, field, before, after)
    SELECT b.id, $2, 'UPDATED', f.field, f.before, f.after
    FROM b JOIN r USING (remote_id), LATERAL ${beforeAndAfter}
    WHERE f.before IS DISTINCT FROM f.after
  ),
  reappeared AS (
    INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind)
    SELECT id, $2, 'REAPPEARED' FROM b WHERE gone_since IS NOT NULL
  ),
  audited AS (
    INSERT INTO audit_events (kind, actor_name, subject_type, subject_id, subject_name, data)
    SELECT CASE WHEN ${closes} THEN 'opportunity.closed_in_crm' ELSE 'opportunity.reopened_in_crm' END,
      $5, 'opportunity', b.id::text, r.name,
      jsonb_build_object('from', b.workflow_status, 'crmStatus', r.crm_status,
        'to', CASE WHEN ${closes} THEN 'CLOSED_IN_CRM' ELSE coalesce(b.status_before_close, 'NEW') END)
    FROM b JOIN r USING (remote_id) WHERE ${closes} OR ${reopens}
  )
  SELECT (SELECT coalesce(array_agg(id::text), '{}') FROM written) AS updated,
    (SELECT count(*)::int FROM b WHERE gone_since IS NOT NULL) AS reappeared`;

/** $1 run, $2 above, $3 up to or null for no end, $4 remote ids on the page: what a sweep did not see in between. */
export const noteMissing = `
  INSERT INTO sync_missing (sync_log_id, opportunity_id)
  SELECT $1, id FROM opportunities
  WHERE remote_id > $2 AND ($3::bigint IS NULL OR remote_id <= $3)
    AND gone_since IS NULL AND remote_id <> ALL ($4::bigint[])
  ON CONFLICT DO NOTHING`;

/** $1 held runs, $2 remote ids seen since: they are missing no longer. */
export const clearHeld = `
  DELETE FROM sync_missing m USING opportunities o
  WHERE m.sync_log_id = ANY ($1::bigint[]) AND m.opportunity_id = o.id AND o.remote_id = ANY ($2::bigint[])`;

/** $1 remote ids that were missing and have been seen. */
export const clearFound = `
  DELETE FROM missing_opportunities m USING opportunities o
  WHERE m.opportunity_id = o.id AND o.remote_id = ANY ($1::bigint[])`;

const movedLanes = 'coalesce(jsonb_set(lanes, ARRAY[$11::text], $12::jsonb), lanes)';

/** Where the first lane stands that is not done, else the last; other lanes may have moved meanwhile. */
const lowestOfLanes = `(SELECT (lane->>'cursor')::bigint
  FROM jsonb_array_elements(${movedLanes}) WITH ORDINALITY AS l (lane, place)
  ORDER BY lane->'done', CASE WHEN (lane->>'done')::boolean THEN -place ELSE place END LIMIT 1)`;

/**
 * $1 run, $2 lease, then what the page adds, $11 and $12 its lane as it is after it. No row means the
 * lease is another's by now.
 */
export const saveProgress = `
  UPDATE sync_logs SET cursor = coalesce(${lowestOfLanes}, $3), lanes = ${movedLanes},
    max_seen = greatest(max_seen, $4::timestamptz), heartbeat_at = now(),
    waiting_for = NULL, waiting_until = NULL,
    total_fetched = total_fetched + $5, new_records = new_records + $6,
    updated_records = updated_records + $7, unchanged_records = unchanged_records + $8,
    failed_records = failed_records + $9, reappeared_records = reappeared_records + $10
  WHERE id = $1 AND lease = $2 AND status = 'RUNNING'
  RETURNING cancel_requested_at IS NOT NULL AS cancel`;

/** $1 run, $2 lease, then what single records add. No row means the lease is another's by now. */
export const saveCounts = `
  UPDATE sync_logs SET heartbeat_at = now(), waiting_for = NULL, waiting_until = NULL,
    total_fetched = total_fetched + $3,
    new_records = new_records + $4, updated_records = updated_records + $5,
    unchanged_records = unchanged_records + $6, failed_records = failed_records + $7,
    reappeared_records = reappeared_records + $8, removed_records = removed_records + $9
  WHERE id = $1 AND lease = $2 AND status = 'RUNNING'
  RETURNING cancel_requested_at IS NOT NULL AS cancel`;

/** $1 OptyId, $2 run: it is there, so it is missing neither here nor on a list that waits for a person. */
export const clearMissing = `
  WITH seen AS (SELECT id FROM opportunities WHERE remote_id = $1),
  unlisted AS (
    DELETE FROM sync_missing m USING seen, sync_logs l
    WHERE m.opportunity_id = seen.id AND l.id = m.sync_log_id AND (l.status = 'HELD' OR l.id = $2)
  )
  DELETE FROM missing_opportunities m USING seen WHERE m.opportunity_id = seen.id`;
