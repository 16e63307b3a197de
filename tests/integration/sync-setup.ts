import { afterAll, beforeAll } from 'vitest';
import { startCrmSimulator, type CrmSimulator, type CrmSimulatorOptions } from '#dev/crm/server.ts';
import { pool } from '#app/lib/db.server.ts';
import type { SyncType } from '#app/domain/sync.ts';
import { startRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';

export { configFor, hurried, partsFor } from './sync-parts.ts';

/** Runs one sync to its end and returns its row of sync_logs. */
export async function sync(syncType: SyncType, parts: SyncParts) {
  const run = await startRun(pool, { syncType, trigger: 'COMMAND' });
  if (!run) throw new Error('a sync is running already');
  const outcome = await runSync(parts, run);
  const { rows } = await pool.query('SELECT * FROM sync_logs WHERE id = $1', [run.id]);
  return { outcome, log: rows[0] as Record<string, unknown>, runId: run.id };
}

/** A simulator for the whole test file; also empties the database before the file's tests. */
export function useSimulator(options: CrmSimulatorOptions): () => CrmSimulator {
  let crm: CrmSimulator;
  beforeAll(async () => {
    crm = await startCrmSimulator(options);
  });
  afterAll(() => crm.stop());
  return () => crm;
}

/** Every column the sync writes, by remote id. */
export async function copied(): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await pool.query<Record<string, unknown> & { remote_id: string }>(
    `SELECT *, deal_value::text, close_date::text, raw::text AS raw, xmin::text, ctid::text FROM opportunities`,
  );
  return new Map(rows.map((row) => [row.remote_id, row]));
}
