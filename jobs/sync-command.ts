// npm run sync -- --full | --incremental: one sync in the foreground.
import { parseArgs } from 'node:util';
import { pool } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import type { SyncType } from '#app/domain/sync.ts';
import { createOracleClient } from './oracle/client.ts';
import { oracleConfig } from './oracle/config.ts';
import { createMapper } from './oracle/map.ts';
import { progressReporter } from './sync/progress.ts';
import { startRun } from './sync/lease.ts';
import { RunCancelled } from './sync/run.ts';
import { runSync } from './sync/run-sync.ts';

const usage = 'Usage: npm run sync -- --full | --incremental';

try {
  process.exitCode = await main(readMode());
} catch (error) {
  console.error(`The sync broke: ${lineOf(error)}`);
  process.exitCode = 1;
} finally {
  await pool.end();
}

/** Returns the exit code: 0 done, 1 not done, 2 done with records in quarantine. */
async function main(syncType: SyncType | null): Promise<number> {
  if (!syncType) {
    console.error(usage);
    return 1;
  }
  const run = await startRun(pool, { syncType, trigger: 'COMMAND' });
  if (!run) {
    console.error('A sync is running already; only one can. Its progress is on the sync page.');
    return 1;
  }
  if (run.syncType !== syncType)
    console.log('There is nothing to add to yet: this sync is a full one.');
  const stopping = new AbortController();
  const cancel = () => stopping.abort(new RunCancelled('Cancelled at the keyboard.'));
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  const oracle = oracleConfig(env);
  const reporter = progressReporter(process.stdout);
  const client = createOracleClient(oracle, {
    onRetry: ({ message, waitMs }) =>
      reporter.note(`${message} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
  });
  const outcome = await runSync(
    {
      pool,
      client,
      map: createMapper(oracle.fields),
      signal: stopping.signal,
      concurrency: oracle.concurrency,
      onProgress: reporter.show,
      onNote: reporter.note,
    },
    run,
  );
  reporter.end();
  return summarise(run.id, outcome.message);
}

async function summarise(runId: string, reason: string | null): Promise<number> {
  const { rows } = await pool.query<Record<string, string | number | null>>(
    `SELECT * FROM sync_logs WHERE id = $1`,
    [runId],
  );
  const log = rows[0]!;
  const line = (name: string, key: string) => console.log(`  ${name.padEnd(12)} ${log[key]}`);
  console.log(
    `Sync run ${runId} (${log.sync_type}) ended ${log.status} after ${log.duration_seconds} s.`,
  );
  line('fetched', 'total_fetched');
  line('new', 'new_records');
  line('updated', 'updated_records');
  line('unchanged', 'unchanged_records');
  line('quarantined', 'failed_records');
  line('gone', 'removed_records');
  line('reappeared', 'reappeared_records');
  const words = reason ?? log.error_message;
  if (words) console.error(words);
  if (log.status === 'PARTIAL') return 2;
  return log.status === 'SUCCESS' ? 0 : 1;
}

function readMode(): SyncType | null {
  try {
    const options = { full: { type: 'boolean' }, incremental: { type: 'boolean' } } as const;
    const { values } = parseArgs({ options, strict: true, allowPositionals: false });
    if (Boolean(values.full) === Boolean(values.incremental)) return null;
    return values.full ? 'FULL' : 'INCREMENTAL';
  } catch {
    return null;
  }
}

function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.split('\n')[0] || (error as NodeJS.ErrnoException).code || error.name;
}
