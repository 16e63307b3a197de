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
  return markWith(query, markThese, [runId, opportunityIds]);
}

/** The same for all that a run lists as not seen, which may be everything there is. */
export async function markListedGone(query: Query, runId: string): Promise<number> {
  return markWith(query, markListed, [runId]);
}

async function markWith(
  query: Query,
  mark: string,
  values: [runId: string, ...unknown[]],
): Promise<number> {
  const [marked] = (await query(mark, values)) as { count: number; assessed: string[] | null }[];
  await markStale(query, marked!.assessed ?? [], values[0]);
  return marked!.count;
}

/** $1 run. Answers how many were marked, and those of them that something rests on. */
const mark = (chosen: string) => `
  WITH chosen AS MATERIALIZED (${chosen}),
  marked AS (
    UPDATE opportunities SET gone_since = now(), last_sync_log_id = $1::bigint, last_synced_at = now()
    WHERE gone_since IS NULL AND id IN (SELECT id FROM chosen)
    RETURNING id
  ), changes AS (
    INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind)
    SELECT id, $1::bigint, 'GONE' FROM marked
  ), asked AS (
    DELETE FROM missing_opportunities WHERE opportunity_id IN (SELECT id FROM chosen)
  ), listed AS (
    DELETE FROM sync_missing WHERE opportunity_id IN (SELECT id FROM chosen)
  )
  SELECT count(*)::int AS count, array_agg(id::text) FILTER (WHERE EXISTS (
    SELECT FROM assessment_bases b WHERE b.opportunity_id = marked.id)) AS assessed FROM marked`;

/** $2 opportunity ids. */
const markThese = mark('SELECT unnest($2::bigint[]) AS id');
const markListed = mark(
  'SELECT opportunity_id AS id FROM sync_missing WHERE sync_log_id = $1::bigint',
);
