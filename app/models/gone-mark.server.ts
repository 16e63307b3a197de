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
  return (await markWith(query, markThese, [runId, opportunityIds])).count;
}

/**
 * The same for all that a run lists as not seen. That may be everything there is, so it goes part by part: a
 * process that answers pages gives up on a single statement after a while.
 */
export async function markListedGone(query: Query, runId: string, part = 10_000): Promise<number> {
  for (let total = 0; ;) {
    const { chosen, count } = await markWith(query, markListed, [runId, part]);
    total += count;
    if (chosen === 0) return total;
  }
}

async function markWith(
  query: Query,
  mark: string,
  values: [runId: string, ...unknown[]],
): Promise<Marked> {
  const [marked] = (await query(mark, values)) as [Marked];
  await markStale(query, marked.assessed ?? [], values[0]);
  return marked;
}

/** How many were looked at and how many of them marked, and of these the ids that something rests on. */
interface Marked {
  chosen: number;
  count: number;
  assessed: string[] | null;
}

/** $1 run. Answers `Marked`. */
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
  SELECT (SELECT count(*)::int FROM chosen) AS chosen, count(*)::int AS count, array_agg(id::text) FILTER (WHERE EXISTS (
    SELECT FROM assessment_bases b WHERE b.opportunity_id = marked.id)) AS assessed FROM marked`;

/** $2 opportunity ids, or how many at a time. */
const markThese = mark('SELECT unnest($2::bigint[]) AS id');
const markListed = mark(
  `SELECT opportunity_id AS id FROM sync_missing WHERE sync_log_id = $1::bigint
    ORDER BY opportunity_id LIMIT $2::int`,
);
