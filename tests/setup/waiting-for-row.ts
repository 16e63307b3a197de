import { pool } from '#app/lib/db.server.ts';
import { until } from './until.ts';

/** Waits until somebody waits for a lock that a transaction of the test holds. */
export function waitingForRow(): Promise<void> {
  return until(async () => {
    const { rowCount } = await pool.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rowCount !== null && rowCount > 0;
  });
}
