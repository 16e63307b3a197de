// npm run trial -- --runs N [--seed S]: that many trials on a Postgres of their own, and their sum.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startThrowawayDatabase } from '../setup/throwaway-database.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(first))) {
  console.error('Say how many: npm run trial -- --runs 100, and where to begin with --seed 1.');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'bqs-trial-'));
const database = await startThrowawayDatabase(join(folder, 'postgres'));
Object.assign(process.env, {
  DATABASE_URL: database.url,
  ORY_PUBLIC_URL: 'http://127.0.0.1:9',
  ORY_ADMIN_URL: 'http://127.0.0.1:9',
  ORACLE_BASE_URL: 'http://127.0.0.1:9',
  ORACLE_USERNAME: 'nobody',
  ORACLE_PASSWORD: 'none',
  LOG_LEVEL: 'silent',
  NODE_ENV: 'test',
});
// Loaded only now, since the settings are read once.
const { runTrial } = await import('./trial.ts');
const { pool } = await import('#app/lib/db.server.ts');

const sums = { trials: 0, runs: 0, faults: 0, blows: 0, opportunities: 0, divergences: 0 };
const outcomes: Record<string, number> = {};
const kinds: Record<string, number> = {};
const add = (to: Record<string, number>, from: Record<string, number>) => {
  for (const [key, count] of Object.entries(from)) to[key] = (to[key] ?? 0) + count;
};
for (let seed = first; seed < first + runs; seed++) {
  sums.trials++;
  try {
    const report = await runTrial(seed);
    for (const key of ['runs', 'faults', 'blows', 'opportunities'] as const)
      sums[key] += report[key];
    add(outcomes, report.outcomes);
    add(kinds, report.kinds);
  } catch (error) {
    sums.divergences++;
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
    console.error(`seed ${seed}: ${words} (again with --runs 1 --seed ${seed})`);
  }
  if (sums.trials % 25 === 0) console.log(`${sums.trials} of ${runs} trials`);
}
await pool.end();
await database.stop();
rmSync(folder, { recursive: true, force: true });
console.table(sums);
console.table(outcomes);
console.table(kinds);
process.exit(sums.divergences > 0 ? 1 : 0);
