import type { PoolClient } from 'pg';
import { isWorthLanes, keptLane, lanesBetween, type Lane } from '#app/domain/lanes.ts';
import type { OracleClient } from '#jobs/oracle/client.ts';
import type { MappedPage } from './apply-page.ts';
import { LeaseLost, type LeasedRun } from './run.ts';
import type { Work } from './work.ts';

/**
 * The lanes a walk goes through: those it was in when it was interrupted, else new ones, several for a
 * sweep. Where they are divided decides how even they are and nothing else, so any hint will do.
 */
export async function planLanes({ parts, run, connections, signal }: Work): Promise<Lane[]> {
  if (run.lanes) return run.lanes;
  const count = run.syncType === 'FULL' && run.cursor === null ? (parts.concurrency ?? 1) : 1;
  const shares = Array.from({ length: count - 1 }, (_, at) => (at + 1) / count);
  run.lanes = lanesBetween(
    count > 1 ? await splitsAt(shares, connections[0]!, parts.client, signal) : [],
    run.cursor ?? 0n,
  );
  if (run.lanes.length > 1) await keepLanes(connections[0]!, run);
  return run.lanes;
}

/** Which of the run's lanes a page belongs to and what it makes of it, for `saveProgress`. */
export function progressOf(run: LeasedRun, { lane, cursor }: MappedPage) {
  if (!lane || !run.lanes) return { place: null, lane: null };
  const after = keptLane({ ...run.lanes[lane.at]!, cursor, done: lane.done });
  return { place: String(lane.at), lane: JSON.stringify(after) };
}

async function splitsAt(
  shares: number[],
  connection: PoolClient,
  client: OracleClient,
  signal: AbortSignal,
): Promise<(bigint | null)[]> {
  const { rows } = await connection.query<{ rows: number; splits: string[] | null }>(
    `SELECT count(*)::int AS rows,
       percentile_disc($1::float8[]) WITHIN GROUP (ORDER BY remote_id)::text[] AS splits
     FROM opportunities`,
    [shares],
  );
  const known = rows[0]!;
  if (!known.splits || known.rows === 0) return sourceSplits(shares, client, signal);
  return isWorthLanes(known.rows, client.pageSize) ? known.splits.map(BigInt) : [];
}

/** With no copy to go by, the CRM is asked for a record here and there. No answer, no splits. */
async function sourceSplits(
  shares: number[],
  client: OracleClient,
  signal: AbortSignal,
): Promise<(bigint | null)[]> {
  try {
    const { total } = await client.glance(0, signal);
    if (total === null || !isWorthLanes(total, client.pageSize)) return [];
    const offsets = shares.map((share) => Math.floor(total * share));
    const glances = await Promise.all(offsets.map((offset) => client.glance(offset, signal)));
    return glances.map(({ id }) => id);
  } catch {
    // What is really wrong is met, and told, by the walk.
    signal.throwIfAborted();
    return [];
  }
}

async function keepLanes(connection: PoolClient, run: LeasedRun): Promise<void> {
  const { rowCount } = await connection.query(
    `UPDATE sync_logs SET lanes = $3, cursor = 0, heartbeat_at = now()
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
    [run.id, run.lease, JSON.stringify(run.lanes!.map(keptLane))],
  );
  if (rowCount !== 1) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  run.cursor = 0n;
}
