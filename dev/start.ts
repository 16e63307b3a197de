// npm start: everything BQS needs, embedded where nothing else is configured.
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { roleNames } from '../app/domain/roles.ts';
import { applyMigrations } from '../prisma/migrations.ts';
import { sampleRoles } from '../prisma/sample-roles.ts';
import { buildIfNeeded } from './build.ts';
import { startChild, workerFlags, type Child } from './child.ts';
import { startEmbedded, type Embedded } from './embedded.ts';
import { CannotStart, claimFolder, preflight, readSettings } from './preflight.ts';
import { sampleAccounts, samplePassword } from './ory/sample-accounts.ts';

const began = Date.now();
const cleanup: (() => unknown)[] = [];
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));

try {
  await start();
} catch (error) {
  console.error(
    error instanceof CannotStart ? error.message : `BQS could not start: ${reasonOf(error)}`,
  );
  await end(1);
}

async function start() {
  const given = readSettings();
  const { port, appUrl } = await preflight(given);
  const folder = resolve(given.BQS_DATA_DIR || '.data');
  cleanup.push(claimFolder(folder));
  const embedded = given.NODE_ENV === 'production' ? null : await startParts(given, appUrl, folder);
  const settings = { ...given, ...embedded?.settings, APP_URL: appUrl, PORT: String(port) };
  Object.assign(process.env, settings);

  say('Bringing the database up to date');
  await migrate(embedded?.parts.postgres ?? false);
  if (embedded?.parts.identity) {
    const { seedSampleRoles } = await import('../prisma/seed.ts');
    await seedSampleRoles();
  }
  say('Building the application');
  buildIfNeeded();
  say('Starting the web process and the worker');
  await startProcesses(
    { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' },
    folder,
    port,
  );
  await firstSync();
  announce(appUrl, embedded);
}

async function migrate(embedded: boolean) {
  try {
    await applyMigrations(process.env.DATABASE_URL ?? '');
  } catch (error) {
    if (embedded) throw error;
    throw new CannotStart(`BQS cannot use the database of DATABASE_URL: ${reasonOf(error)}`);
  }
}

async function startParts(
  given: Record<string, string | undefined>,
  appUrl: string,
  folder: string,
) {
  const embedded = await startEmbedded(given, appUrl, say);
  cleanup.push(embedded.stop);
  void embedded.postgresDied.then((how) => {
    if (!stopping) void fail(`Postgres ${how}. Your data is kept: start again.`);
  });
  const file = join(folder, 'embedded.env');
  const lines = Object.entries(embedded.settings).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  cleanup.push(() => rmSync(file, { force: true }));
  return embedded;
}

async function startProcesses(settings: NodeJS.ProcessEnv, folder: string, port: number) {
  const web = startChild('app/web.ts', settings, join(folder, 'logs', 'web.log'));
  cleanup.push(() => web.stop());
  web.process.once('exit', (code, signal) => {
    // Killed, it had no time to say why; what it logged last was about something else.
    const why = signal ? `by ${signal}.` : `with code ${code}: ${web.lastWords()}`;
    if (!stopping) void fail(`The web process ended ${why}`);
  });
  keepWorker(settings, join(folder, 'logs', 'worker.log'));
  for (let tries = 0; tries < 300; tries++) {
    if (await answers(`http://127.0.0.1:${port}/healthz`)) return;
    if (web.process.exitCode !== null) return;
    await pause(100);
  }
  throw new Error(`The web process did not answer within 30 seconds: ${web.lastWords()}`);
}

/** A worker that dies is started again: syncs go on by themselves, whatever killed it. */
function keepWorker(settings: NodeJS.ProcessEnv, logFile: string) {
  let worker: Child = startChild('jobs/worker.ts', settings, logFile, workerFlags);
  let quickDeaths = 0;
  const watch = (startedAt: number) => {
    worker.process.once('exit', async () => {
      if (stopping) return;
      quickDeaths = Date.now() - startedAt < 5_000 ? quickDeaths + 1 : 0;
      if (quickDeaths >= 3) return fail(`The worker keeps ending: ${worker.lastWords()}`);
      console.error('The worker ended and is started again.');
      await pause(1_000);
      if (stopping) return;
      worker = startChild('jobs/worker.ts', settings, logFile, workerFlags);
      watch(Date.now());
    });
  };
  watch(Date.now());
  cleanup.push(() => worker.stop());
}

async function firstSync() {
  const { db } = await import('../app/lib/db.server.ts');
  const { getRun, getLastRun } = await import('../app/models/sync-log.server.ts');
  if (await getLastRun(db)) return;
  const { requestSync } = await import('../app/services/request-sync.server.ts');
  const { runId } = await requestSync({
    mode: 'FULL',
    actor: { id: null, name: 'BQS' },
    trigger: 'START',
  });
  for (let shown = -1; !stopping; await pause(250)) {
    const run = await getRun(db, BigInt(runId));
    if (!run) return;
    if (run.totalFetched !== shown) say(`First sync: ${run.totalFetched} opportunities`);
    shown = run.totalFetched;
    if (run.status === 'RUNNING') continue;
    if (run.errorMessage) console.log(`The first sync ended ${run.status}: ${run.errorMessage}`);
    return;
  }
}

function announce(appUrl: string, embedded: Embedded | null) {
  if (stopping) return;
  console.log(`\nBQS is ready at ${appUrl}\n`);
  if (embedded?.parts.identity) {
    console.log(`Sample accounts, password ${samplePassword}:`);
    for (const { email } of sampleAccounts) console.log(`  ${email.padEnd(26)} ${roleOf(email)}`);
    if (process.env.FIRST_MANAGER_EMAIL) {
      console.log('FIRST_MANAGER_EMAIL changes nothing here: one of them is manager already.');
    }
  }
  if (embedded?.mailsUrl) console.log(`\nMails: ${embedded.mailsUrl}`);
  console.log('\nCtrl-C stops everything.');
}

function roleOf(email: string): string {
  const { roles: [role] = [] } = sampleRoles[email] ?? {};
  return role ? roleNames[role] : 'no role yet';
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

function say(line: string) {
  if (!stopping) console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

async function fail(line: string) {
  console.error(line);
  await end(1);
}

async function end(code: number) {
  if (stopping) return;
  stopping = true;
  if (code === 0) console.log('\nStopping …');
  for (const step of cleanup.reverse()) {
    try {
      await step();
    } catch (error) {
      console.error(reasonOf(error));
    }
  }
  process.exit(code);
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return /ENOSPC|No space left/.test(reason) ? 'the disk is full.' : reason;
}
