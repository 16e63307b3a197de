import { afterAll, beforeAll } from 'vitest';
import { startCrmSimulator, type CrmSimulator, type CrmSimulatorOptions } from '#dev/crm/server.ts';
import { pool } from '#app/lib/db.server.ts';
import type { SyncType } from '#app/domain/sync.ts';
import { createOracleClient } from '#jobs/oracle/client.ts';
import type { OracleConfig } from '#jobs/oracle/config.ts';
import { createMapper } from '#jobs/oracle/map.ts';
import type { RetryPace } from '#jobs/oracle/retry.ts';
import { startRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';

export const hurried: RetryPace = { baseMs: 2, maxMs: 10, maxRetryAfterMs: 50 };

/** The CRM's settings for a simulator, with whatever a test changes. */
export function configFor(crm: { url: string }, changes: Partial<OracleConfig> = {}): OracleConfig {
  return {
    baseUrl: crm.url,
    credentials: { kind: 'basic', username: 'bqs-integration', password: 'bqs-demo-crm' },
    apiVersion: '11.13.18.05',
    frameworkVersion: 4,
    pageSize: 499,
    timeoutMs: 5000,
    finder: null,
    fields: { practice: 'Practice_c', geo: 'GEO_c', region: 'Region_c', sector: 'Sector_c' },
    ...changes,
  };
}

export function partsFor(config: OracleConfig, changes: Partial<SyncParts> = {}): SyncParts {
  return {
    pool,
    client: createOracleClient(config, { pace: hurried }),
    map: createMapper(config.fields),
    signal: new AbortController().signal,
    ...changes,
  };
}

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
