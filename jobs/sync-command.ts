// npm run sync -- --full | --incremental [--dry-run]: one sync in the foreground, or what it would do.
import { parseArgs } from 'node:util';
import { pool } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { purposeTraits, type SyncType } from '#app/domain/sync.ts';
import { isDatabaseOutage } from '#app/lib/database-outage.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { previewSchema } from '#app/domain/sync-preview.ts';
import { syncPurposeNames } from '#app/lib/sync-words.ts';
import { checkTables } from './check-tables.ts';
import { createOracleClient } from './oracle/client.ts';
import { oracleConfig } from './oracle/config.ts';
import { createMapper } from './oracle/map.ts';
import { progressReporter } from './sync/progress.ts';
import { claimRun, startRun } from './sync/lease.ts';
import { rulesInForce } from './sync/mapping-rules.ts';
import { RunCancelled, type LeasedRun } from './sync/run.ts';
import { runSync } from './sync/run-sync.ts';

const usage = 'Usage: npm run sync -- --full | --incremental [--dry-run]';

try {
  process.exitCode = await main(readOrder());
} catch (error) {
  console.error(wordsFor(error));
  process.exitCode = 1;
} finally {
  await pool.end();
}

/** Returns the exit code: 0 done, 1 not done, 2 done with records in quarantine. */
async function main(order: Order | null): Promise<number> {
  if (!order) {
    console.error(usage);
    return 1;
  }
  const obstacle = await checkTables(pool);
  if (obstacle) {
    console.error(`The sync cannot begin: ${obstacle}`);
    return 1;
  }
  const { syncType, purpose } = order;
  // What an earlier command or a worker left behind when it died comes to its end first.
  for (let left = await leftBehind(); left; left = await leftBehind()) {
    console.log(`Sync run ${left.id} was left behind; it is carried on.`);
    await carryOut(left);
  }
  const run = await startRun(pool, { syncType, purpose, trigger: 'COMMAND' });
  if (!run) {
    console.error('A sync is running already; only one can. Its progress is on the sync page.');
    return 1;
  }
  if (run.syncType !== syncType)
    console.log('There is nothing to add to yet: this sync is a full one.');
  return carryOut(run);
}

/** A run outlives its connections: whoever comes next takes it up where it stood. */
function wordsFor(error: unknown): string {
  const line = faultLine(error);
  if (!isDatabaseOutage(error)) return `The sync broke: ${line}`;
  return (
    `The database was lost (${line}). ` +
    'A run that was under way is carried on by the worker, or by the next npm run sync.'
  );
}

function leftBehind(): Promise<LeasedRun | null> {
  return claimRun(pool, 'begun');
}

/** Carries a run to its end, telling how it goes. Returns the exit code. */
async function carryOut(run: LeasedRun): Promise<number> {
  const stopping = new AbortController();
  const cancel = () => stopping.abort(new RunCancelled('Cancelled at the keyboard.'));
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    const message = await work(run, stopping.signal);
    const tell = purposeTraits[run.purpose].writes ? summarise : summarisePreview;
    return await tell(run, message);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

/** Returns why it did not get through, where there is more to say than its row does. */
async function work(run: LeasedRun, signal: AbortSignal): Promise<string | null> {
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
      map: createMapper(oracle.fields, await rulesInForce(pool)),
      signal,
      concurrency: oracle.concurrency,
      onProgress: reporter.show,
      onNote: reporter.note,
    },
    run,
  );
  reporter.end();
  return outcome.message;
}

async function readLog(runId: string): Promise<Record<string, string | number | null>> {
  const { rows } = await pool.query<Record<string, string | number | null>>(
    `SELECT * FROM sync_logs WHERE id = $1`,
    [runId],
  );
  return rows[0]!;
}

async function summarise(run: LeasedRun, reason: string | null): Promise<number> {
  const log = await readLog(run.id);
  const line = (name: string, key: string) => console.log(`  ${name.padEnd(12)} ${log[key]}`);
  console.log(
    `${nameOf(run)} (${log.sync_type}) ended ${log.status} after ${log.duration_seconds} s.`,
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

async function summarisePreview(run: LeasedRun, reason: string | null): Promise<number> {
  const log = await readLog(run.id);
  const preview = previewSchema.parse(log.preview ?? {});
  const line = (name: string, count: unknown) =>
    console.log(`  ${name.padEnd(18)} ${String(count)}`);
  console.log(
    `${nameOf(run)} (${log.sync_type}) ended ${log.status} after ${log.duration_seconds} s. Nothing was written.`,
  );
  line('fetched', log.total_fetched);
  line('would add', preview.new);
  line('would change', preview.updated);
  line('would bring back', preview.reappeared);
  line('would quarantine', preview.quarantined);
  line('not sent by CRM', preview.missing);
  line('unchanged', log.unchanged_records);
  if (preview.held) console.log(`The real run would be held: ${preview.held}`);
  const words = reason ?? log.error_message;
  if (words) console.error(words);
  return log.status === 'SUCCESS' ? 0 : 1;
}

function nameOf({ id, purpose }: LeasedRun): string {
  return purpose === 'SYNC' ? `Sync run ${id}` : `${syncPurposeNames[purpose]} ${id}`;
}

interface Order {
  syncType: SyncType;
  purpose: 'SYNC' | 'DRY_RUN';
}

function readOrder(): Order | null {
  try {
    const flag = { type: 'boolean' } as const;
    const options = { full: flag, incremental: flag, 'dry-run': flag } as const;
    const { values } = parseArgs({ options, strict: true, allowPositionals: false });
    if (Boolean(values.full) === Boolean(values.incremental)) return null;
    return {
      syncType: values.full ? 'FULL' : 'INCREMENTAL',
      purpose: values['dry-run'] ? 'DRY_RUN' : 'SYNC',
    };
  } catch {
    return null;
  }
}
