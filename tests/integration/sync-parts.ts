import { pool } from '#app/lib/db.server.ts';
import { createOracleClient } from '#jobs/oracle/client.ts';
import type { OracleConfig } from '#jobs/oracle/config.ts';
import { createMapper } from '#jobs/oracle/map.ts';
import type { RetryPace } from '#jobs/oracle/retry.ts';
import type { SyncParts } from '#jobs/sync/run-sync.ts';

export const hurried: RetryPace = { baseMs: 2, maxMs: 10, maxRetryAfterMs: 50 };

/** The CRM's settings for a simulator, with whatever a test changes. */
export function configFor(crm: { url: string }, changes: Partial<OracleConfig> = {}): OracleConfig {
  return {
    baseUrl: crm.url,
    credentials: { kind: 'basic', username: 'bqs-integration', password: 'bqs-demo-crm' },
    apiVersion: '11.13.18.05',
    frameworkVersion: 4,
    deltaLiteral: 'date',
    pageSize: 499,
    concurrency: 2,
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
    concurrency: config.concurrency,
    ...changes,
  };
}
