import type { Pool, PoolClient } from 'pg';
import type { OracleClient } from '#jobs/oracle/client.ts';
import type { createMapper } from '#jobs/oracle/map.ts';
import type { LeasedRun, PageCounts } from './run.ts';

export interface SyncParts {
  pool: Pool;
  client: OracleClient;
  map: ReturnType<typeof createMapper>;
  /** Aborted with RunCancelled to end the run, with WorkerStopping to leave it to another worker. */
  signal: AbortSignal;
  /** How many key ranges a sweep goes through side by side; absent: one. */
  concurrency?: number;
  /** Told after every page what this attempt has done so far. */
  onProgress?: (counts: PageCounts) => void;
  /** Told what a person who reads the log should know. */
  onNote?: (message: string) => void;
  heartbeatMs?: number;
}

/** A leased run at work. `signal` also aborts where the run is cancelled or the lease lost. */
export interface Work {
  parts: SyncParts;
  run: LeasedRun;
  connections: PoolClient[];
  signal: AbortSignal;
}
