import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { purposeTraits, type SyncStatus } from '#app/domain/sync.ts';
import type { OwnFault } from '#app/domain/sync-fault.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { abandonRun, finishRun, type Findings } from './finish.ts';
import { followUp } from './follow-up.ts';
import { keepAlive } from './keep-alive.ts';
import { planLanes } from './lanes.ts';
import { releaseRun } from './lease.ts';
import { previewPages } from './preview-pages.ts';
import { LeaseLost, RunCancelled, RunHeld, WorkerStopping, type LeasedRun } from './run.ts';
import { settlePages } from './settle.ts';
import { goToTargets } from './targets.ts';
import { walkPages } from './walk-pages.ts';
import { watchFields } from './watch-fields.ts';
import type { SyncParts, Work } from './work.ts';

export type { SyncParts } from './work.ts';

/** With two connections a lane flushes one page while it writes the next; more would only wait. */
const fewestConnections = 2;

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
    return await withConnections(parts.pool, connectionsFor(parts, run), async (connections) => {
      const found = await carryOut({ parts, run, connections, signal: alive.signal });
      const status = await finishRun(connections[0]!, run, found);
      return { status: status as 'SUCCESS' | 'PARTIAL' | 'HELD', message: null };
    });
  } catch (error) {
    return await endEarly(parts.pool, run, error);
  } finally {
    alive.stop();
  }
}

/** A sweep may go through several key ranges side by side, each on a connection of its own. */
function connectionsFor({ concurrency = 1 }: SyncParts, { syncType }: LeasedRun): number {
  return syncType === 'FULL' ? Math.max(fewestConnections, concurrency) : fewestConnections;
}

/** What a run is for decides what it goes through. */
async function carryOut(work: Work): Promise<Findings> {
  const { reads, writes, settles } = purposeTraits[work.run.purpose];
  if (reads === 'targets') {
    await goToTargets(work);
    return { clockSkewMs: null, held: null };
  }
  if (!writes) return { clockSkewMs: await previewPages(work), held: null };
  if (work.run.syncType === 'FULL') await prepareSweep(work);
  const clockSkewMs = await walkPages(work);
  const held = settles ? await settlePages(work.connections[0]!, work.run) : null;
  // A CRM that hides this much is not asked for single records either.
  if (settles && !held) await followUp(work);
  return { clockSkewMs, held };
}

/** The fields are looked at while the lanes are planned: both wait for the CRM, and neither for the other. */
async function prepareSweep(work: Work): Promise<void> {
  const planned = planLanes({ ...work, connections: work.connections.slice(1) });
  // Its failure is met below; until then it must not end the process.
  planned.catch(() => undefined);
  try {
    await watchFields(work);
  } finally {
    // Nothing may still be at work on a connection that is about to be thrown away.
    await planned.catch(() => undefined);
  }
  await planned;
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
      // A crash of the database may take the last pages back, and their cursor with them: they are read again.
      await connection.query('SET synchronous_commit = off');
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
  if (error instanceof RunHeld) {
    await abandonRun(pool, run, 'HELD', error.message, { heldCause: error.heldCause });
    return { status: 'HELD', message: error.message };
  }
  if (error instanceof OracleError) {
    await abandonRun(pool, run, 'FAILED', error.message, { fault: error.fault });
    return { status: 'FAILED', message: error.message };
  }
  if (isMomentary(error)) {
    // Left to be taken over from its cursor; if even this does not get through, the lease runs out.
    await releaseAsAttempt(pool, run).catch(() => undefined);
    throw error;
  }
  const fault: OwnFault = error instanceof DatabaseError ? 'database' : 'broken';
  // Its words may come from a record, with what a column of text cannot hold.
  const words = faultLine(error).replaceAll('\0', ' ').toWellFormed();
  const message = `The sync broke: ${words}`;
  await abandonRun(pool, run, 'FAILED', message, { fault }).catch(() => undefined);
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
