import type { Pool } from 'pg';
import { faultLine } from '#app/lib/fault-line.ts';

/** Why nothing can be done with this database, in words; null where its tables are there. */
export async function checkTables(pool: Pool): Promise<string | null> {
  try {
    await pool.query('SELECT FROM sync_logs, sync_missing LIMIT 0');
    return null;
  } catch (error) {
    const absent = (error as { code?: string }).code === '42P01';
    return absent
      ? 'the database has no tables yet. Run npm run db:migrate.'
      : `the database is out of reach (${faultLine(error)}).`;
  }
}
