import type { Pool } from 'pg';
import type { OnRetry } from '#jobs/oracle/client.ts';
import type { LeasedRun } from './run.ts';

const betweenWritesMs = 1000;

/**
 * Lets the run tell what it waits for, until it gets on. Several lanes may wait at once; one write a second
 * is enough. `onError` hears of a write that failed: the run goes on without it.
 */
export function createWaitingNote(
  pool: Pool,
  run: LeasedRun,
  onError: (error: unknown) => void,
): (event: Pick<Parameters<OnRetry>[0], 'message' | 'waitMs'>) => void {
  let writtenAt = -Infinity;
  return ({ message, waitMs }) => {
    const now = performance.now();
    if (now - writtenAt < betweenWritesMs) return;
    writtenAt = now;
    pool
      .query(
        `UPDATE sync_logs SET waiting_for = $3, waiting_until = now() + make_interval(secs => $4)
         WHERE id = $1 AND lease = $2 AND status = 'RUNNING'`,
        [run.id, run.lease, message, waitMs / 1000],
      )
      .catch(onError);
  };
}
