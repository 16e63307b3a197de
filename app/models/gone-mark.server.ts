import { markStale, type Query } from './stale-mark.server.ts';

/**
 * Marks opportunities gone, with their history and what rests on them; nothing else of them changes, and
 * they are missing no longer. Give it the transaction that decided it. Answers how many were marked.
 */
export async function markGone(
  query: Query,
  opportunityIds: readonly string[],
  runId: string,
): Promise<number> {
  if (opportunityIds.length === 0) return 0;
  const marked = (await query(mark, [opportunityIds, runId])) as { id: string }[];
  const ids = marked.map(({ id }) => id);
  await markStale(query, ids, runId);
  return ids.length;
}

/** $1 opportunity ids, $2 run. */
const mark = `
  WITH marked AS (
    UPDATE opportunities SET gone_since = now(), last_sync_log_id = $2::bigint, last_synced_at = now()
    WHERE gone_since IS NULL AND id = ANY ($1::bigint[])
    RETURNING id
  ), changes AS (
    INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind)
    SELECT id, $2::bigint, 'GONE' FROM marked
  ), asked AS (
    DELETE FROM missing_opportunities WHERE opportunity_id = ANY ($1::bigint[])
  ), listed AS (
    DELETE FROM sync_missing WHERE opportunity_id = ANY ($1::bigint[])
  )
  SELECT id::text FROM marked`;
