import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { lowestCursor, readLanes } from '#app/domain/lanes.ts';
import {
  leaseSeconds,
  mostAttempts,
  type SyncPurpose,
  type SyncTrigger,
  type SyncType,
} from '#app/domain/sync.ts';
import { currentWatermark } from '#app/models/watermark.server.ts';
import { LeaseLost, type LeasedRun } from './run.ts';

type Queryable = pg.Pool | pg.ClientBase;

const abandoned = `status = 'RUNNING' AND (lease IS NULL OR heartbeat_at IS NULL
  OR heartbeat_at < now() - interval '${leaseSeconds} seconds')`;

// A delta needs a watermark to begin at and a copy to add to; without either it is a sweep.
const firstIsSweep = `(${currentWatermark} IS NULL OR NOT EXISTS (SELECT FROM opportunities))`;

/**
 * Takes the run nobody holds, new or left behind by a worker that died, and returns it with its lease;
 * null if there is none. A run that has worn out its attempts is closed as FAILED instead. `begun`: only
 * one that somebody had begun; what was ordered and waits for a worker is left to it.
 */
export async function claimRun(db: Queryable, begun?: 'begun'): Promise<LeasedRun | null> {
  await db.query(
    `UPDATE sync_logs SET status = 'FAILED', completed_at = now(), lease = NULL,
       duration_seconds = extract(epoch FROM now() - started_at), fault = 'interrupted',
       error_message = 'Given up: the sync was interrupted ${mostAttempts} times.'
     WHERE ${abandoned} AND attempts >= $1`,
    [mostAttempts],
  );
  const { rows } = await db.query<RunRow>(
    `UPDATE sync_logs SET lease = $1, heartbeat_at = now(), attempts = attempts + 1,
       waiting_for = NULL, waiting_until = NULL,
       sync_type = CASE WHEN attempts = 0 AND cursor IS NULL AND purpose IN ('SYNC', 'DRY_RUN') AND ${firstIsSweep} THEN 'FULL' ELSE sync_type END,
       watermark_from = CASE WHEN attempts = 0 AND cursor IS NULL THEN ${currentWatermark} ELSE watermark_from END
     WHERE ${abandoned} AND attempts >= $2 RETURNING *, range_from::text, range_to::text`,
    [randomUUID(), begun ? 1 : 0],
  );
  return rows[0] ? asRun(rows[0]) : null;
}

/** Begins a run that nobody else can claim in between; null when one is running already. */
export async function startRun(
  db: Queryable,
  input: { syncType: SyncType; trigger: SyncTrigger; purpose?: 'SYNC' | 'DRY_RUN' },
): Promise<LeasedRun | null> {
  try {
    const { rows } = await db.query<RunRow>(
      `INSERT INTO sync_logs (sync_type, trigger, purpose, lease, heartbeat_at, attempts, watermark_from)
       VALUES (CASE WHEN ${firstIsSweep} THEN 'FULL' ELSE $1::sync_type END, $2, $4, $3, now(), 1, ${currentWatermark})
       RETURNING *, range_from::text, range_to::text`,
      [input.syncType, input.trigger, randomUUID(), input.purpose ?? 'SYNC'],
    );
    return asRun(rows[0]!);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'sync_logs_one_running')
      return null;
    throw error;
  }
}

export interface Totals {
  total_fetched: number;
  failed_records: number;
  max_seen: Date | null;
}

/** Holds the run against everybody else until the transaction ends. Throws LeaseLost where it is another's. */
export async function lockRun(client: pg.ClientBase, run: LeasedRun): Promise<Totals> {
  const { rows } = await client.query<Totals>(
    `SELECT total_fetched, failed_records, max_seen FROM sync_logs
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING' FOR UPDATE`,
    [run.id, run.lease],
  );
  if (!rows[0]) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  return rows[0];
}

export type Heartbeat = 'held' | 'cancel-requested' | 'lost';

/** Tells everybody that the run is alive, and us whether it still is ours. */
export async function beat(db: Queryable, run: LeasedRun): Promise<Heartbeat> {
  const { rows } = await db.query<{ cancel: boolean }>(
    `UPDATE sync_logs SET heartbeat_at = now() WHERE id = $1 AND lease = $2 AND status = 'RUNNING'
     RETURNING cancel_requested_at IS NOT NULL AS cancel`,
    [run.id, run.lease],
  );
  if (!rows[0]) return 'lost';
  return rows[0].cancel ? 'cancel-requested' : 'held';
}

/** Hands the run back for another worker to continue at once; a planned stop is no failed attempt. */
export async function releaseRun(db: Queryable, run: LeasedRun): Promise<void> {
  await db.query(
    `UPDATE sync_logs SET lease = NULL, heartbeat_at = NULL, attempts = greatest(attempts - 1, 0)
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
    [run.id, run.lease],
  );
}

interface RunRow {
  id: string;
  lease: string;
  sync_type: SyncType;
  purpose: SyncPurpose;
  cursor: string | null;
  lanes: unknown;
  started_at: Date;
  watermark_from: Date | null;
  range_from: string | null;
  range_to: string | null;
}

function asRun(row: RunRow): LeasedRun {
  const lanes = readLanes(row.lanes);
  const cursor = row.cursor === null ? null : BigInt(row.cursor);
  return {
    id: row.id,
    lease: row.lease,
    syncType: row.sync_type,
    purpose: row.purpose,
    cursor: lanes ? lowestCursor(lanes) : cursor,
    lanes,
    startedAt: row.started_at,
    watermarkFrom: row.watermark_from,
    range: row.range_from && row.range_to ? { from: row.range_from, to: row.range_to } : null,
  };
}
