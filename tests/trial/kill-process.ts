// A worker that a trial kills: begins or takes over a run, and is slow enough to be hit in the middle.
import { pool } from '#app/lib/db.server.ts';
import type { SyncType } from '#app/domain/sync.ts';
import { claimRun, startRun } from '#jobs/sync/lease.ts';
import { runSync } from '#jobs/sync/run-sync.ts';
import { configFor, partsFor } from '../integration/sync-parts.ts';

const [mode = 'FULL', url = ''] = process.argv.slice(2);
const run =
  (await claimRun(pool)) ??
  (await startRun(pool, { syncType: mode as SyncType, trigger: 'COMMAND' }));
process.send?.('claimed');
if (run) await runSync(partsFor(configFor({ url }, { pageSize: 10, timeoutMs: 400 })), run);
process.exit(0);
