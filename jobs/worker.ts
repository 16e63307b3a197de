// npm run start:worker: carries out syncs, on schedule and on request, and sends mails, until it is told
// to stop.
import { PgBoss } from 'pg-boss';
import { db, pool } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { log } from '#app/lib/log.server.ts';
import { getCircuit } from '#app/models/sync-circuit.server.ts';
import { checkTables } from './check-tables.ts';
import { handleClocks } from './handlers/tell-clocks.ts';
import { handleDailyMail } from './handlers/daily-mail.ts';
import { handleReconcile } from './handlers/reconcile-people.ts';
import { handleRun } from './handlers/run-sync.ts';
import { handleScan } from './handlers/scan-evidence.ts';
import { handleScheduled } from './handlers/scheduled-sync.ts';
import { handleAlerts } from './handlers/send-alerts.ts';
import { createMailer } from './mail/mailer.ts';
import { startMailTicker } from './mail/ticker.ts';
import { oracleConfig } from './oracle/config.ts';
import {
  alertQueue,
  clockQueue,
  dailyMailQueue,
  queues,
  reconcileQueue,
  runQueue,
  scanQueue,
  scheduleQueue,
} from './queues.ts';
import { createRunner, SyncFailed } from './runner.ts';
import { putSchedules } from './schedules.ts';
import { stepBack } from './step-back.ts';
import { WorkerStopping } from './sync/run.ts';
import { watchFreshness } from './watch-freshness.ts';

const takeOverEveryMs = 3000;
stepBack();
const stopping = new AbortController();
let looking = false;
let ready = false;
// Started by `npm start`, the worker must not outlive it, not even while it is still starting itself.
process.on('disconnect', () => (ready ? void stop('disconnect') : process.exit(0)));
const boss = new PgBoss({ connectionString: env.DATABASE_URL, max: 4 });
// An error event nobody listens to would end the process.
boss.on('error', (error) => log.error({ error: faultLine(error) }, 'queue fault'));

const obstacle = await checkTables(pool);
if (obstacle) {
  console.error(`BQS cannot start: ${obstacle}`);
  process.exit(1);
}
await boss.start();
for (const { name, options } of queues) {
  await boss.createQueue(name, options);
}
const webhookUrl = env.ALERT_WEBHOOK_URL ?? null;
const watch = watchFreshness({ db, boss, webhook: webhookUrl !== null, log });
const runner = createRunner({
  pool,
  oracle: oracleConfig(env),
  log,
  signal: stopping.signal,
  circuit: () => getCircuit(db),
  onEnd: watch.look,
});
await boss.work(runQueue.name, { pollingIntervalSeconds: 1 }, (jobs) => handleRun(runner, jobs));
await boss.work(scheduleQueue.name, (jobs) => handleScheduled(runner, jobs));
const mail = { db, mailer: createMailer(env), appUrl: env.APP_URL, log, signal: stopping.signal };
await boss.work(dailyMailQueue.name, () => handleDailyMail(mail));
await boss.work(scanQueue.name, { pollingIntervalSeconds: 2 }, (jobs) =>
  handleScan(env.EVIDENCE_SCAN_URL, jobs),
);
await boss.work(clockQueue.name, () => handleClocks(log));
await boss.work(reconcileQueue.name, () => handleReconcile());
const alerts = { db, webhookUrl, appUrl: env.APP_URL, log };
await boss.work(alertQueue.name, { includeMetadata: true }, (jobs) => handleAlerts(alerts, jobs));
await putSchedules(boss, env);
log.info('worker is ready');

// A run whose worker died, or whose job was lost, is found by looking for it.
const ticker = setInterval(lookForWork, takeOverEveryMs);
void lookForWork();
const mailTicker = startMailTicker(mail);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
ready = true;

async function lookForWork() {
  if (looking) return;
  looking = true;
  try {
    await runner.takeOver();
  } catch (error) {
    if (!(error instanceof SyncFailed)) log.error({ error: faultLine(error) }, 'sync fault');
  } finally {
    looking = false;
  }
}

async function stop(cause: string) {
  if (stopping.signal.aborted) return;
  log.info({ cause }, 'worker is stopping');
  clearInterval(ticker);
  stopping.abort(new WorkerStopping('The worker is stopping.'));
  // Past this, the lease runs out by itself and another worker goes on.
  setTimeout(() => process.exit(0), 15_000).unref();
  await Promise.all([runner.idle(), mailTicker.stop()]);
  await watch.stop();
  await boss.stop({ graceful: true, timeout: 5000 }).catch(() => undefined);
  await pool.end().catch(() => undefined);
  process.exit(0);
}
