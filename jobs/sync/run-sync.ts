import type { Pool, PoolClient } from 'pg';
import { deltaSince, type SyncStatus } from '#app/domain/sync.ts';
import type { OracleClient, OraclePage } from '#jobs/oracle/client.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import type { createMapper } from '#jobs/oracle/map.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { applyPage, type MappedPage, type Standing } from './apply-page.ts';
import { abandonRun, finishRun } from './finish.ts';
import { keepAlive } from './keep-alive.ts';
import { releaseRun } from './lease.ts';
import { openFingerprints } from './quarantine.ts';
import { addCounts, LeaseLost, noCounts, RunCancelled, WorkerStopping } from './run.ts';
import type { LeasedRun, PageCounts } from './run.ts';

/** Pages the database works on at a time. More than two would only wait for one another. */
const lanes = 2;

export interface SyncParts {
  pool: Pool;
  client: OracleClient;
  map: ReturnType<typeof createMapper>;
  /** Aborted with RunCancelled to end the run, with WorkerStopping to leave it to another worker. */
  signal: AbortSignal;
  /** Told after every page what this attempt has done so far. */
  onProgress?: (counts: PageCounts) => void;
  heartbeatMs?: number;
}

/** How an attempt ended: the run's final status, or that the run goes on elsewhere. */
export type SyncOutcome =
  | { status: Exclude<SyncStatus, 'RUNNING'>; message: string | null }
  | { status: 'RELEASED' | 'LOST'; message: null };

/**
 * Carries a leased run to its end: page after page from its cursor, then the settling. Faults of the CRM
 * end the run as FAILED with words for people. Throws only what is a fault of ours or of the database.
 */
export async function runSync(parts: SyncParts, run: LeasedRun): Promise<SyncOutcome> {
  const alive = keepAlive(parts.pool, run, parts.signal, parts.heartbeatMs);
  try {
    return await withConnections(parts.pool, lanes, async (connections) => {
      const clockSkewMs = await walk(parts, run, connections, alive.signal);
      const status = await finishRun(connections[0]!, run, clockSkewMs);
      return { status: status as 'SUCCESS' | 'PARTIAL' | 'HELD', message: null };
    });
  } catch (error) {
    return await endEarly(parts.pool, run, error);
  } finally {
    alive.stop();
  }
}

/**
 * Commits every page, in order, though the database works on two at a time: while one is flushed the
 * next is written. Returns the CRM's clock minus ours, as the first answer tells it.
 */
async function walk(
  parts: SyncParts,
  run: LeasedRun,
  connections: PoolClient[],
  signal: AbortSignal,
): Promise<number | null> {
  const standing = await readStanding(connections[0]!, run);
  const place = { after: run.cursor ?? 0n, since: sinceOf(run), signal };
  const atWork = connections.map(() => Promise.resolve());
  let from = place.after;
  let counts = noCounts;
  let clockSkewMs: number | null = null;
  let turn = Promise.resolve();
  let pages = 0;
  const apply = async (connection: PoolClient, page: MappedPage, before: Promise<void>) => {
    const applied = await applyPage(connection, run, page, standing, before);
    run.cursor = page.cursor;
    counts = addCounts(counts, applied.counts);
    parts.onProgress?.(counts);
    if (applied.cancelRequested) throw new RunCancelled('Cancelled by a person.');
  };
  try {
    for await (const page of opportunityPages(mappedPages(parts), place)) {
      clockSkewMs ??= skewOf(page);
      const lane = pages++ % connections.length;
      await atWork[lane];
      signal.throwIfAborted();
      turn = apply(connections[lane]!, { records: page.mapped, from, cursor: page.cursor }, turn);
      // Its failure is met when the lane is needed again, or at the end.
      turn.catch(() => undefined);
      atWork[lane] = turn;
      from = page.cursor;
    }
    await turn;
    return clockSkewMs;
  } finally {
    await Promise.allSettled(atWork);
  }
}

function sinceOf(run: LeasedRun): Date | null {
  if (run.syncType === 'FULL' || !run.watermarkFrom) return null;
  return deltaSince(run.watermarkFrom);
}

/** Maps a page as soon as it comes, while the database still works on the one before. */
function mappedPages({ client, map }: SyncParts) {
  return {
    async page(...query: Parameters<OracleClient['page']>) {
      const page = await client.page(...query);
      return { ...page, mapped: page.records.map(map) };
    },
  };
}

function skewOf(page: OraclePage): number | null {
  return page.serverDate ? page.serverDate.getTime() - Date.now() : null;
}

async function readStanding(connection: PoolClient, run: LeasedRun): Promise<Standing> {
  const held = await connection.query<{ id: string }>(
    `SELECT id FROM sync_logs WHERE status = 'HELD' AND id <> $1`,
    [run.id],
  );
  const highest = await connection.query<{ id: string | null }>(
    'SELECT max(remote_id) AS id FROM opportunities',
  );
  return {
    highestKnown: BigInt(highest.rows[0]!.id ?? 0),
    ...(await openFingerprints(connection, run.id)),
    heldRuns: held.rows.map((row) => row.id),
  };
}

/** Connections of the run's own, thrown away after it: they may be in the middle of something. */
async function withConnections<T>(
  pool: Pool,
  count: number,
  use: (connections: PoolClient[]) => Promise<T>,
): Promise<T> {
  const connections: PoolClient[] = [];
  try {
    while (connections.length < count) {
      const connection = await pool.connect();
      connections.push(connection);
      // A connection that breaks fails its next query; unheard, the event would end the process.
      connection.on('error', () => undefined);
      // A process that freezes in a transaction must not hold its rows against the one that takes over.
      await connection.query(`SET idle_in_transaction_session_timeout = '30s'`);
      // A plan made while the table was empty reads the whole table for every page once it is not.
      await connection.query('SET plan_cache_mode = force_custom_plan');
    }
    return await use(connections);
  } finally {
    for (const connection of connections) connection.release(true);
  }
}

async function endEarly(pool: Pool, run: LeasedRun, error: unknown): Promise<SyncOutcome> {
  if (error instanceof LeaseLost) return { status: 'LOST', message: null };
  if (error instanceof WorkerStopping) {
    await releaseRun(pool, run);
    return { status: 'RELEASED', message: null };
  }
  if (error instanceof RunCancelled) {
    await abandonRun(pool, run, 'CANCELLED', null);
    return { status: 'CANCELLED', message: null };
  }
  if (error instanceof OracleError) {
    await abandonRun(pool, run, 'FAILED', error.message);
    return { status: 'FAILED', message: error.message };
  }
  if (isMomentary(error)) {
    // Left to be taken over from its cursor; if even this does not get through, the lease runs out.
    await releaseAsAttempt(pool, run).catch(() => undefined);
    throw error;
  }
  await abandonRun(pool, run, 'FAILED', `The sync broke: ${wordsOf(error)}`).catch(() => undefined);
  throw error;
}

/** The database went away or a deadlock was broken: the same page may go through in a moment. */
function isMomentary(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code && /^(08|40|53|57|25P03|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code)) return true;
  return (
    error instanceof Error &&
    /connection (terminated|ended|error)|not queryable|timeout/i.test(error.message)
  );
}

async function releaseAsAttempt(pool: Pool, run: LeasedRun): Promise<void> {
  await pool.query(
    `UPDATE sync_logs SET heartbeat_at = NULL WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
    [run.id, run.lease],
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
