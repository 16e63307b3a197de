import { pool } from '#app/lib/db.server.ts';
import { until } from './until.ts';

/** Waits until so many wait for a lock that a transaction of the test holds. */
export function waitingForLock(count = 1): Promise<void> {
  return until(async () => {
    const { rows } = await pool.query(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length >= count;
  });
}
