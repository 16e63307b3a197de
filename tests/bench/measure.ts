// One measurement in a process of its own: what it prints is for tests/bench/run.ts.
import { pool } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { createOracleClient } from '#jobs/oracle/client.ts';
import { oracleConfig } from '#jobs/oracle/config.ts';
import { createMapper } from '#jobs/oracle/map.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { startRun } from '#jobs/sync/lease.ts';
import { stepBack } from '#jobs/step-back.ts';
import { runSync } from '#jobs/sync/run-sync.ts';
import type { SyncType } from '#app/domain/sync.ts';
import { floor } from './floor.ts';

const [mode = '', sample = 'Infinity'] = process.argv.slice(2);
const config = oracleConfig(env);
const walk = { after: 0n, since: null, signal: new AbortController().signal };

const began = performance.now();
const cpuBegan = process.cpuUsage();
const modes: Record<string, () => Promise<number>> = {
  sync: () => sync('FULL'),
  incremental: () => sync('INCREMENTAL'),
  floor: () => floor(env.DATABASE_URL, createOracleClient(config)),
  'record-by-record': recordByRecord,
};
const rows = await modes[mode]!();
const seconds = (performance.now() - began) / 1000;
const cpu = process.cpuUsage(cpuBegan);
const maxRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ rows, seconds, maxRssMb, cpuSeconds: (cpu.user + cpu.system) / 1e6 }));
await pool.end();

/** What the product does, as its worker does it. */
async function sync(syncType: SyncType): Promise<number> {
  stepBack();
  const run = await startRun(pool, { syncType, trigger: 'COMMAND' });
  if (!run) throw new Error('a sync is running already');
  const parts = {
    pool,
    client: createOracleClient(config),
    map: createMapper(config.fields),
    signal: walk.signal,
    concurrency: config.concurrency,
  };
  const { status, message } = await runSync(parts, run);
  if (status !== 'SUCCESS') throw new Error(`the sync ended ${status}: ${message}`);
  const { rows } = await pool.query<{ total_fetched: number }>(
    'SELECT total_fetched FROM sync_logs WHERE id = $1',
    [run.id],
  );
  return rows[0]!.total_fetched;
}

/** As the prototype did it: one upsert and one commit a record. */
async function recordByRecord(): Promise<number> {
  const map = createMapper(config.fields);
  const client = await pool.connect();
  let count = 0;
  for await (const page of opportunityPages(createOracleClient(config), walk)) {
    for (const record of page.records.map(map)) {
      if (!record.ok) continue;
      const row = {
        ...record.row,
        raw: record.payload,
        content_hash: Buffer.from(record.contentHash, 'hex'),
      };
      const names = Object.keys(row);
      const sets = names.slice(1).map((name) => `${name} = EXCLUDED.${name}`);
      await client.query({
        name: 'upsert',
        text: `INSERT INTO opportunities (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})
          ON CONFLICT (remote_id) DO UPDATE SET ${sets.join(', ')}`,
        values: Object.values(row),
      });
      if (++count >= Number(sample)) break;
    }
    if (count >= Number(sample)) break;
  }
  client.release();
  return count;
}
