import {
  mappedColumns,
  beforeAndAfter,
  differs,
  incoming,
  leftOut,
  type Column,
} from './statements.ts';

// What of a page would be written, asked in the words of statements.ts, and the sums of a reconciliation.

/** A row as one text that is the same for equal values: an amount without its trailing zeros, instants in UTC. */
function rowText(row: string): string {
  const value = (name: Column) => {
    if (name === 'deal_value') return `trim_scale(${row}.${name})`;
    return name.endsWith('_at') ? `${row}.${name} AT TIME ZONE 'UTC'` : `${row}.${name}`;
  };
  return `ROW(${row}.remote_id, ${mappedColumns.map(value).join(', ')})::text`;
}

/** How many rows and their checksum, which does not depend on their order. */
const summed = (row: string) =>
  `count(*), coalesce(sum(hashtextextended(${rowText(row)}, 0)::numeric), 0)`;

const groupOf = (row: string) =>
  `coalesce(${row}.crm_status, ''), coalesce(to_char(${row}.close_date, 'YYYY-MM'), '')`;

function addToGroups(side: 'source' | 'copy', rows: string): string {
  return `
    INSERT INTO reconciliation_groups AS g (sync_log_id, crm_status, month, ${side}_count, ${side}_checksum)
    ${rows}
    ON CONFLICT (sync_log_id, crm_status, month) DO UPDATE SET
      ${side}_count = g.${side}_count + EXCLUDED.${side}_count,
      ${side}_checksum = g.${side}_checksum + EXCLUDED.${side}_checksum`;
}

// Later than what our copy reaches up to, and not what our copy has; or written since the run began, as
// by a person who releases a held sweep meanwhile.
const moved = `$5::timestamptz IS NOT NULL
  AND ((r.crm_updated_at > $5 AND r.crm_updated_at IS DISTINCT FROM b.crm_updated_at)
    OR coalesce(b.last_synced_at > $6, false))`;

function compare(groups: boolean): string {
  return `
  WITH r AS (SELECT * FROM ${incoming}),
  b AS (
    SELECT o.* FROM opportunities o JOIN r USING (remote_id)
    WHERE ${differs} AND NOT ${leftOut('$3')}
  ),
  found AS (
    SELECT r.remote_id, r.remote_number, r.name,
      CASE WHEN ${moved} THEN 'MOVED' WHEN b.id IS NULL THEN 'NEW'
        WHEN b.gone_since IS NOT NULL THEN 'REAPPEARED' ELSE 'UPDATED' END AS kind,
      CASE WHEN b.id IS NULL THEN '[]' ELSE (
        SELECT coalesce(jsonb_agg(to_jsonb(f)), '[]') FROM ${beforeAndAfter}
        WHERE f.before IS DISTINCT FROM f.after) END AS fields
    FROM r LEFT JOIN b USING (remote_id)
    WHERE b.id IS NOT NULL OR NOT EXISTS (SELECT FROM opportunities o WHERE o.remote_id = r.remote_id)
  ),
  listed AS (
    INSERT INTO sync_previews (sync_log_id, remote_id, remote_number, name, kind, fields)
    SELECT $2, remote_id, remote_number, name, kind, fields
    FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY remote_id) AS place FROM found) f
    WHERE place <= ($4::jsonb->>kind)::int ORDER BY remote_id
  )${groups ? `, source AS (${addToGroups('source', `SELECT $2, ${groupOf('r')}, ${summed('r')} FROM r GROUP BY 2, 3`)})` : ''}
  SELECT kind, count(*)::int FROM found GROUP BY kind`;
}

/**
 * $1 records, $2 run, $3 whether a record older than ours is left out, $4 how many more of each kind are
 * listed, $5 the watermark beyond which nothing is held against the copy or null, $6 when the run began.
 * Answers how many there are of each kind.
 */
export const comparePage = compare(false);

/** The same, and adds the records to the source's side of their groups. */
export const reconcilePage = compare(true);

/** $1 run, $2 remote ids and $3 numbers of refused records: the copy's side leaves out what the source's does. */
export const leaveOutRefused = addToGroups(
  'copy',
  `SELECT $1, group_status, group_month, -n, -checksum FROM (
     SELECT ${groupOf('o')}, ${summed('o')} FROM opportunities o
     WHERE o.gone_since IS NULL AND (o.remote_id = ANY ($2::bigint[]) OR o.remote_number = ANY ($3::text[]))
     GROUP BY 1, 2
   ) s (group_status, group_month, n, checksum)`,
);

/** $1 run. */
export const sumUpCopy = addToGroups(
  'copy',
  `SELECT $1, ${groupOf('o')}, ${summed('o')} FROM opportunities o WHERE o.gone_since IS NULL GROUP BY 2, 3`,
);

/** $1 run, $2 refused records, $3 how many more are listed. */
export const listRefused = `
  INSERT INTO sync_previews (sync_log_id, remote_id, remote_number, name, kind, fields)
  SELECT $1, remote_id, remote_number, NULL, 'QUARANTINED', fields
  FROM jsonb_to_recordset($2::jsonb) AS r (remote_id bigint, remote_number text, fields jsonb)
  LIMIT $3`;

/** $1 run: a record may come without its OptyId; its number says that it is there all the same. */
export const spareRefused = `
  DELETE FROM sync_missing m USING opportunities o, sync_previews p
  WHERE m.sync_log_id = $1 AND m.opportunity_id = o.id AND p.sync_log_id = $1
    AND p.kind = 'QUARANTINED' AND p.remote_number = o.remote_number`;

/** $1 run, $2 how many are listed. Answers how many are missing and how many we have. */
export const listMissed = `
  WITH missed AS (
    SELECT o.remote_id, o.remote_number, o.name
    FROM sync_missing m JOIN opportunities o ON o.id = m.opportunity_id
    WHERE m.sync_log_id = $1 AND o.gone_since IS NULL
  ),
  listed AS (
    INSERT INTO sync_previews (sync_log_id, remote_id, remote_number, name, kind)
    SELECT $1, remote_id, remote_number, name, 'MISSING' FROM missed ORDER BY remote_id LIMIT $2
  )
  SELECT (SELECT count(*)::int FROM missed) AS missing,
    (SELECT count(*)::int FROM opportunities WHERE gone_since IS NULL) AS live`;

/** $1 run, $2 lease, $3 cursor, $4 read, $5 unchanged, $6 the preview so far. No row: the lease is another's. */
export const savePreview = `
  UPDATE sync_logs SET cursor = $3, heartbeat_at = now(), total_fetched = total_fetched + $4,
    unchanged_records = unchanged_records + $5, preview = $6,
    waiting_for = NULL, waiting_until = NULL
  WHERE id = $1 AND lease = $2 AND status = 'RUNNING'
  RETURNING cancel_requested_at IS NOT NULL AS cancel, total_fetched`;
