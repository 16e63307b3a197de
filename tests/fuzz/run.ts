// npm run fuzz -- --requests N [--seed S]: that many requests to an application of its own, all judged.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '#dev/build.ts';
import { startApplication } from '../setup/application.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
if (!(Number.isInteger(requests) && requests > 0 && Number.isInteger(seed))) {
  console.error(
    'Say how many: npm run fuzz -- --requests 50000, and where to begin with --seed 1.',
  );
  process.exit(1);
}

buildIfNeeded();
const app = await startApplication();
Object.assign(process.env, app.env, { LOG_LEVEL: 'silent' });
// Loaded only now, since the settings are read once.
const { fuzz } = await import('./fuzz.ts');
const { pool } = await import('#app/lib/db.server.ts');
const { summaryOf } = await import('./summary.ts');
let told = 0;
try {
  const report = await fuzz(app, {
    requests,
    seed,
    onProgress: (done) => {
      if (done - told < 5000) return;
      told = done;
      console.log(`${done} of ${requests} requests`);
    },
  });
  console.log(summaryOf(report, seed));
  const failed = report.faults.length + report.broken.length > 0 || !report.sameProcess;
  process.exitCode = failed ? 1 : 0;
} finally {
  mkdirSync('test-results', { recursive: true });
  copyFileSync(join(app.env.BQS_DATA_DIR ?? '', 'web.log'), 'test-results/fuzz-web.log');
  await pool.end();
  await app.stop();
}
