import { spawn, type ChildProcess } from 'node:child_process';
import { getPriority } from 'node:os';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pool, db } from '#app/lib/db.server.ts';
import { getRun } from '#app/models/sync-log.server.ts';
import { stopProducer } from '#app/lib/boss.server.ts';
import { cancelSync } from '#app/services/cancel-sync.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';
import { createUser } from '../factories/user.ts';
import { startDatabaseProxy } from '../setup/database-proxy.ts';
import { until } from '../setup/until.ts';
import { copied, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 4000, pageCap: 50, latencyMs: 15 });
const workers = new Set<ChildProcess>();
let actor: { id: string; name: string };

beforeAll(async () => {
  actor = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
});

afterEach(async () => {
  for (const worker of workers) await stop(worker, 'SIGKILL');
  await stopProducer();
  await pool.query(
    `UPDATE sync_logs SET status = 'CANCELLED' WHERE status = 'RUNNING';
     DELETE FROM opportunity_changes; DELETE FROM opportunities; DELETE FROM sync_logs`,
  );
});

describe('the worker', () => {
  it('carries out what is requested, by name', async () => {
    await startWorker();
    const { runId } = await requestSync({ mode: 'FULL', actor });
    expect(await requestSync({ mode: 'FULL', actor })).toEqual({
      ok: false,
      reason: 'already-running',
      runId,
    });
    const run = await ended(runId);
    expect(run).toMatchObject({
      status: 'SUCCESS',
      newRecords: 4000,
      requestedBy: 'Mona Manager',
      trigger: 'PERSON',
    });
    const { rows } = await pool.query(
      `SELECT kind, subject_id, data FROM audit_events ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ kind: 'sync.requested', subject_id: runId, data: { mode: 'FULL' } }]);
  });

  it('lets the web process go first', async () => {
    const { pid } = await startWorker();
    expect(getPriority(pid)).toBeGreaterThan(getPriority());
  });

  it('that is killed in the middle is followed by another that goes on from its page', async () => {
    const first = await startWorker();
    const { runId } = await requestSync({ mode: 'FULL', actor });
    await until(async () => (await getRun(db, BigInt(runId)))!.totalFetched > 500);
    await stop(first, 'SIGKILL');
    const left = (await getRun(db, BigInt(runId)))!;
    expect(left.status).toBe('RUNNING');
    expect(await copied()).toHaveProperty('size', left.totalFetched);
    // Only the passing of time is made up; the taking over is not.
    await pool.query(
      `UPDATE sync_logs SET heartbeat_at = now() - interval '31 seconds' WHERE id = $1`,
      [runId],
    );
    const asked = crm().requests;
    await startWorker();
    const run = await ended(runId);
    expect(run).toMatchObject({
      status: 'SUCCESS',
      totalFetched: 4000,
      newRecords: 4000,
      attempts: 2,
    });
    expect(crm().requests - asked).toBeLessThan((4000 - left.totalFetched) / 50 + 5);
    expect((await copied()).size).toBe(4000);
    expect((await pool.query(`SELECT FROM sync_logs WHERE status = 'RUNNING'`)).rowCount).toBe(0);
  });

  it('that is told to stop hands its run over at once, which is no failed attempt', async () => {
    const first = await startWorker();
    const { runId } = await requestSync({ mode: 'FULL', actor });
    await until(async () => (await getRun(db, BigInt(runId)))!.totalFetched > 500);
    expect(await stop(first, 'SIGTERM')).toBe(0);
    expect(await getRun(db, BigInt(runId))).toMatchObject({
      status: 'RUNNING',
      heartbeatAt: null,
      attempts: 0,
    });
    await startWorker();
    expect(await ended(runId)).toMatchObject({ status: 'SUCCESS', newRecords: 4000 });
  });

  it('shares a run with no other worker', async () => {
    const { runId } = await requestSync({ mode: 'FULL', actor });
    await Promise.all([startWorker(), startWorker(), startWorker()]);
    expect(await ended(runId)).toMatchObject({
      status: 'SUCCESS',
      totalFetched: 4000,
      newRecords: 4000,
      attempts: 1,
    });
    expect((await pool.query('SELECT FROM sync_logs')).rowCount).toBe(1);
  });

  it('ends a run that a person cancels, and keeps what is committed', async () => {
    await startWorker();
    const { runId } = await requestSync({ mode: 'FULL', actor });
    await until(async () => (await getRun(db, BigInt(runId)))!.totalFetched > 200);
    expect(await cancelSync({ runId, actor })).toEqual({ ok: true });
    const run = await ended(runId);
    expect(run).toMatchObject({ status: 'CANCELLED', watermarkTo: null });
    expect((await copied()).size).toBe(run.newRecords);
    expect(await cancelSync({ runId, actor })).toEqual({ ok: false, reason: 'not-running' });
  });

  it('is not needed to cancel a run that nobody has taken up', async () => {
    const { runId } = await requestSync({ mode: 'INCREMENTAL', actor });
    expect(await cancelSync({ runId, actor })).toEqual({ ok: true });
    expect(await getRun(db, BigInt(runId))).toMatchObject({ status: 'CANCELLED' });
  });

  it('gives up a run that was interrupted five times', async () => {
    const { runId } = await requestSync({ mode: 'FULL', actor });
    await pool.query('UPDATE sync_logs SET attempts = 5 WHERE id = $1', [runId]);
    await startWorker();
    expect(await ended(runId)).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringMatching(/^Given up/) as string,
    });
  });

  it('says in one line that the tables are missing', async () => {
    const url = new URL(process.env.DATABASE_URL!);
    url.pathname = '/postgres';
    const { output, code } = await run('jobs/worker.ts', [], { DATABASE_URL: url.href });
    expect(output.trim()).toBe(
      'BQS cannot start: the database has no tables yet. Run npm run db:migrate.',
    );
    expect(code).toBe(1);
  });
});

describe('npm run sync', () => {
  it('says what a database lacks, and that one is out of reach', async () => {
    const url = new URL(process.env.DATABASE_URL!);
    url.pathname = '/postgres';
    const bare = await run('jobs/sync-command.ts', ['--full'], { DATABASE_URL: url.href });
    expect([bare.code, bare.output.trim()]).toEqual([
      1,
      'The sync cannot begin: the database has no tables yet. Run npm run db:migrate.',
    ]);
    url.port = '1';
    const away = await run('jobs/sync-command.ts', ['--full'], { DATABASE_URL: url.href });
    expect(away.output).toMatch(/^The sync cannot begin: the database is out of reach \(.+\)\.$/m);
  });

  it('says that the database was lost on the way, and the next one carries the run on', async () => {
    const line = await startDatabaseProxy(process.env.DATABASE_URL!);
    const lost = run('jobs/sync-command.ts', ['--full'], {
      DATABASE_URL: line.url,
      ORACLE_PAGE_SIZE: '10',
    });
    await until(async () => {
      const running = `SELECT FROM sync_logs WHERE status = 'RUNNING' AND total_fetched > 0`;
      return (await pool.query(running)).rowCount === 1;
    });
    line.breakOff();
    const { code, output } = await lost;
    await line.stop();
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /The database was lost \(.+\)\. A run that was under way is carried on/,
      ),
    ]);
    await pool.query(`UPDATE sync_logs SET heartbeat_at = NULL WHERE status = 'RUNNING'`);
    expect(await run('jobs/sync-command.ts', ['--incremental'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('is carried on') as string,
    });
  });

  it('tells how it went and ends with 0, 2 with quarantine, 1 with a failure or a wrong word', async () => {
    const full = await run('jobs/sync-command.ts', ['--full']);
    expect(full.output).toMatch(/ended SUCCESS[\s\S]*new +4000/);
    expect(full.code).toBe(0);
    const place = crm().dataset.insertRaw(
      '{"OptyId":7,"Revenue":"lots","LastUpdateDate":"2026-01-01T00:00:00Z"}',
    );
    expect(await run('jobs/sync-command.ts', ['--full'])).toMatchObject({ code: 2 });
    crm().dataset.remove(place);
    const refused = await run('jobs/sync-command.ts', ['--incremental'], {
      ORACLE_PASSWORD: 'wrong',
    });
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('refused our credentials') as string,
    });
    expect(await run('jobs/sync-command.ts', [])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Usage') as string,
    });
    expect(await run('jobs/sync-command.ts', ['--all'])).toMatchObject({ code: 1 });
  });

  it('first carries on what died, and says so', async () => {
    await pool.query(
      `INSERT INTO sync_logs (sync_type, trigger, attempts, heartbeat_at)
       VALUES ('FULL', 'COMMAND', 1, now() - interval '10 minutes')`,
    );
    const { code, output } = await run('jobs/sync-command.ts', ['--incremental']);
    expect([code, output]).toEqual([0, expect.stringContaining('was left behind')]);
    const { rows } = await pool.query(`SELECT FROM sync_logs WHERE status = 'RUNNING'`);
    expect(rows).toEqual([]);
  });

  it.each([
    ['DRY_RUN', 'Dry run'],
    ['RECONCILE', 'Reconciliation'],
  ])('tells what died as what it is (%s)', async (purpose, name) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO sync_logs (sync_type, trigger, purpose, attempts, heartbeat_at)
       VALUES ('FULL', 'PERSON', $1, 1, now() - interval '10 minutes') RETURNING id`,
      [purpose],
    );
    const { code, output } = await run('jobs/sync-command.ts', ['--full']);
    const told = output.slice(0, output.search(/Sync run \d+ \(FULL\) ended/));
    expect(told).toMatch(new RegExp(`${name} ${rows[0]!.id} \\(FULL\\) ended SUCCESS`));
    expect(told).toMatch(/Nothing was written[\s\S]*would add +4000/);
    expect([code, output]).toEqual([0, expect.stringMatching(/ended SUCCESS[^]* new +4000/)]);
  });

  it('refuses while another sync runs', async () => {
    await requestSync({ mode: 'FULL', actor });
    const { code, output } = await run('jobs/sync-command.ts', ['--full']);
    expect([code, output]).toEqual([1, expect.stringContaining('running already')]);
  });
});

function launch(script: string, args: string[], changes: Record<string, string> = {}) {
  return spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ORACLE_BASE_URL: crm().url,
      ORACLE_USERNAME: 'bqs-integration',
      ORACLE_PASSWORD: 'bqs-demo-crm',
      LOG_LEVEL: 'info',
      ...changes,
    },
  });
}

async function startWorker(): Promise<ChildProcess> {
  const worker = launch('jobs/worker.ts', []);
  workers.add(worker);
  let output = '';
  worker.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((ready, reject) => {
    worker.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('worker is ready')) ready();
    });
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${output}`)));
  });
  return worker;
}

async function stop(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode) return worker.exitCode;
  const exit = new Promise<number | null>((done) => worker.once('exit', done));
  worker.kill(signal);
  return exit;
}

async function run(script: string, args: string[], changes: Record<string, string> = {}) {
  const child = launch(script, args, changes);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { output, code };
}

async function ended(runId: string) {
  await until(async () => (await getRun(db, BigInt(runId)))!.status !== 'RUNNING');
  return (await getRun(db, BigInt(runId)))!;
}
