import type { ClientBase, Pool } from 'pg';
import { nextWatermark, purposeTraits, type HeldCause, type SyncStatus } from '#app/domain/sync.ts';
import { lockRun } from './lease.ts';
import type { LeasedRun } from './run.ts';
import { transaction } from './transaction.ts';

/** What going through a run showed: the CRM's clock minus ours, and why it must wait for a person. */
export interface Findings {
  clockSkewMs: number | null;
  held: string | null;
}

/** Ends a run that has gone through everything. Returns how it ended. */
export async function finishRun(
  client: ClientBase,
  run: LeasedRun,
  { clockSkewMs, held }: Findings,
): Promise<SyncStatus> {
  return transaction(client, async () => {
    // Flushes all that was committed before it: a run that reads as ended is on the disk, pages and all.
    await client.query('SET LOCAL synchronous_commit = on');
    const totals = await lockRun(client, run);
    const whole = totals.failed_records === 0 && !(await hasFailedTargets(client, run));
    const status: SyncStatus = held ? 'HELD' : whole ? 'SUCCESS' : 'PARTIAL';
    const reached = nextWatermark({
      from: run.watermarkFrom,
      maxSeen: totals.max_seen,
      startedAt: run.startedAt,
      clockSkewMs,
    });
    await close(client, run, {
      status,
      message: held,
      watermark: purposeTraits[run.purpose].settles ? reached : null,
      heldCause: held ? 'MISSING' : null,
    });
    // Kept until now, so that whoever takes the run over finds the whole of it.
    if (!held) await forgetMissing(client, run);
    return status;
  });
}

/** Ends a run that did not get through. What it has committed stays; what it missed is forgotten. */
export async function abandonRun(
  db: Pool,
  run: LeasedRun,
  status: 'FAILED' | 'CANCELLED' | 'HELD',
  message: string | null,
  why: { fault?: string; heldCause?: HeldCause } = {},
): Promise<void> {
  const closed = await close(db, run, { status, message, watermark: null, ...why });
  if (closed) await forgetMissing(db, run);
}

async function forgetMissing(db: Pool | ClientBase, run: LeasedRun): Promise<void> {
  await db.query('DELETE FROM sync_missing WHERE sync_log_id = $1', [run.id]);
}

/** Whether there was a target that could not even be asked for or mapped. */
async function hasFailedTargets(client: ClientBase, run: LeasedRun): Promise<boolean> {
  if (purposeTraits[run.purpose].reads !== 'targets') return false;
  const { rowCount } = await client.query(
    `SELECT FROM sync_targets WHERE sync_log_id = $1 AND outcome = 'FAILED' LIMIT 1`,
    [run.id],
  );
  return rowCount === 1;
}

interface Ending {
  status: SyncStatus;
  message: string | null;
  watermark: Date | null;
  heldCause?: HeldCause | null;
  /** The OracleFault that ended it. */
  fault?: string;
}

async function close(db: Pool | ClientBase, run: LeasedRun, ending: Ending): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE sync_logs SET status = $3, error_message = $4, watermark_to = $5,
       completed_at = now(), duration_seconds = extract(epoch FROM clock_timestamp() - started_at),
       heartbeat_at = now(), lease = NULL, held_cause = $6, fault = $7,
       waiting_for = NULL, waiting_until = NULL
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
    [
      run.id,
      run.lease,
      ending.status,
      ending.message,
      ending.watermark,
      ending.heldCause ?? null,
      ending.fault ?? null,
    ],
  );
  return rowCount === 1;
}
