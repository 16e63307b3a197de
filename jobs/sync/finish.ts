import type { ClientBase, Pool } from 'pg';
import {
  deltaSince,
  nextWatermark,
  purposeTraits,
  type HeldCause,
  type SyncStatus,
} from '#app/domain/sync.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { LeaseLost, type LeasedRun } from './run.ts';
import { settleSweep } from './sweep.ts';

/** Ends a run whose pages are all committed. Returns how it ended. */
export async function finishRun(
  client: ClientBase,
  run: LeasedRun,
  clockSkewMs: number | null,
): Promise<SyncStatus> {
  await client.query('BEGIN');
  try {
    const totals = await lockTotals(client, run);
    const { settles } = purposeTraits[run.purpose];
    const sweep =
      settles && run.syncType === 'FULL'
        ? await settleSweep(client, run, totals.total_fetched)
        : null;
    if (settles && run.syncType === 'INCREMENTAL' && totals.total_fetched === 0)
      await refuseBlindness(client, run);
    const status: SyncStatus = sweep?.held
      ? 'HELD'
      : totals.failed_records > 0 || totals.failed_targets
        ? 'PARTIAL'
        : 'SUCCESS';
    const reached = nextWatermark({
      from: run.watermarkFrom,
      maxSeen: totals.max_seen,
      startedAt: run.startedAt,
      clockSkewMs,
    });
    await close(client, run, {
      status,
      message: sweep?.held ?? null,
      removed: sweep?.removed ?? 0,
      watermark: settles ? reached : null,
      heldCause: sweep?.held ? 'MISSING' : null,
    });
    await client.query('COMMIT');
    return status;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Ends a run that did not get through. What it has committed stays; what it missed is forgotten. */
export async function abandonRun(
  db: Pool,
  run: LeasedRun,
  status: 'FAILED' | 'CANCELLED' | 'HELD',
  message: string | null,
  why: { fault?: string; heldCause?: HeldCause } = {},
): Promise<void> {
  const closed = await close(db, run, { status, message, removed: 0, watermark: null, ...why });
  if (closed) await db.query('DELETE FROM sync_missing WHERE sync_log_id = $1', [run.id]);
}

/**
 * A delta begins before the newest record we hold, so it brings that one at least. Bringing nothing, the
 * CRM's user has most likely lost sight of everything, which must not read as "nothing has changed".
 */
async function refuseBlindness(client: ClientBase, run: LeasedRun): Promise<void> {
  if (!run.watermarkFrom) return;
  const { rowCount } = await client.query(
    'SELECT 1 FROM opportunities WHERE gone_since IS NULL AND crm_updated_at >= $1 LIMIT 1',
    [deltaSince(run.watermarkFrom)],
  );
  if (rowCount) {
    throw new OracleError(
      'unexpected-body',
      'The CRM sent nothing, not even what it had sent before. Check what its user may see, then run a full sync.',
    );
  }
}

interface Totals {
  total_fetched: number;
  failed_records: number;
  /** Whether a target could not even be gone to. */
  failed_targets: boolean;
  max_seen: Date | null;
}

async function lockTotals(client: ClientBase, run: LeasedRun): Promise<Totals> {
  const { rows } = await client.query<Totals>(
    `SELECT total_fetched, failed_records, max_seen, EXISTS (
       SELECT FROM sync_targets WHERE sync_log_id = $1 AND outcome = 'FAILED') AS failed_targets
     FROM sync_logs
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING' FOR UPDATE`,
    [run.id, run.lease],
  );
  if (!rows[0]) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  return rows[0];
}

interface Ending {
  status: SyncStatus;
  message: string | null;
  removed: number;
  watermark: Date | null;
  heldCause?: HeldCause | null;
  /** The OracleFault that ended it. */
  fault?: string;
}

async function close(db: Pool | ClientBase, run: LeasedRun, ending: Ending): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE sync_logs SET status = $3, error_message = $4, removed_records = $5, watermark_to = $6,
       completed_at = now(), duration_seconds = extract(epoch FROM clock_timestamp() - started_at),
       heartbeat_at = now(), lease = NULL, held_cause = $7, fault = $8
     WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
    [
      run.id,
      run.lease,
      ending.status,
      ending.message,
      ending.removed,
      ending.watermark,
      ending.heldCause ?? null,
      ending.fault ?? null,
    ],
  );
  return rowCount === 1;
}
