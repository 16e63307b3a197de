import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { workerFlags } from '#dev/child.ts';
import { startPostgres } from '#dev/postgres.ts';
import { applyMigrations } from '../../prisma/migrations.ts';
import type { Order } from './simulator.ts';

export interface Measurement {
  rows: number;
  seconds: number;
  maxRssMb: number;
  cpuSeconds: number;
}

export type Mode = 'sync' | 'incremental' | 'floor' | 'record-by-record';

export interface Simulator {
  url: string;
  ask(order: Order): Promise<number>;
  stop(): void;
}

export interface Stage {
  /** A database of its own with all tables. */
  database(): Promise<string>;
  simulator(opportunities: number): Promise<Simulator>;
  stop(): Promise<void>;
}

/** A real Postgres that flushes as in production, and CRMs beside it. */
export async function setStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'bqs-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ folder });
  const simulators: Simulator[] = [];
  let databases = 0;
  return {
    async database() {
      const url = new URL(postgres.url);
      const name = `bench_${++databases}`;
      await inDatabase(url.href, (client) => client.query(`CREATE DATABASE ${name}`));
      url.pathname = `/${name}`;
      await applyMigrations(url.href);
      return url.href;
    },
    async simulator(opportunities) {
      const simulator = await startSimulator(opportunities);
      simulators.push(simulator);
      return simulator;
    },
    async stop() {
      for (const simulator of simulators.splice(0)) simulator.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startSimulator(opportunities: number): Promise<Simulator> {
  const child = fork(script('simulator.ts'), [String(opportunities)], { stdio: 'inherit' });
  const { url } = await heard<{ url: string }>(child);
  return {
    url,
    async ask(order) {
      const heeded = heard<{ answer: number }>(child);
      child.send(order);
      return (await heeded).answer;
    },
    stop: () => child.connected && child.disconnect(),
  };
}

/** Runs one measurement alone in a process, so that its memory is its own. */
export async function measure(
  mode: Mode,
  database: string,
  crm: { url: string },
  ...rest: string[]
): Promise<Measurement> {
  const child = fork(script('measure.ts'), [mode, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: workerFlags,
    env: {
      ...process.env,
      DATABASE_URL: database,
      ORACLE_BASE_URL: crm.url,
      ORACLE_USERNAME: 'bqs-integration',
      ORACLE_PASSWORD: 'bqs-demo-crm',
      ORACLE_DELTA_LITERAL: 'timestamp',
      ORY_PUBLIC_URL: 'http://127.0.0.1:9',
      ORY_ADMIN_URL: 'http://127.0.0.1:9',
      LOG_LEVEL: 'silent',
    },
  });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`measuring ${mode} ended with ${String(code)}`);
  const measurement = JSON.parse(output) as Measurement;
  console.log(`${mode}: ${measurement.rows} rows in ${measurement.seconds.toFixed(2)} s`);
  return measurement;
}

export interface Written {
  /** Rows of opportunities that have another version since. */
  rows: number;
  walBytes: number;
}

/** What doing something writes into a database nobody else writes to. */
export async function writtenBy(database: string, act: () => Promise<unknown>): Promise<Written> {
  const before = await inDatabase(database, async (client) => {
    // As autovacuum leaves a table some time after it was filled; then it must not write besides.
    await client.query('VACUUM ANALYZE');
    await setAutovacuum(client, 'off');
    await client.query('CHECKPOINT');
    const { rows } = await client.query<{ lsn: string; xid: string }>(
      'SELECT pg_current_wal_lsn()::text AS lsn, pg_current_xact_id()::text AS xid',
    );
    return rows[0]!;
  });
  await act();
  return inDatabase(database, async (client) => {
    const { rows } = await client.query<{ rows: number; wal: number }>(
      `SELECT count(*)::int AS rows, pg_wal_lsn_diff(pg_current_wal_lsn(), $1)::float8 AS wal
       FROM opportunities WHERE xmin::text::bigint > $2::bigint`,
      [before.lsn, before.xid],
    );
    await setAutovacuum(client, 'on');
    return { rows: rows[0]!.rows, walBytes: rows[0]!.wal };
  });
}

/** For the whole cluster, whose databases share one log; when it is off, nothing of it is at work. */
async function setAutovacuum(client: pg.Client, state: 'on' | 'off'): Promise<void> {
  await client.query(`ALTER SYSTEM SET autovacuum = ${state}`);
  await client.query('SELECT pg_reload_conf()');
  const atWork = `SELECT FROM pg_stat_activity WHERE backend_type LIKE 'autovacuum %'`;
  while (state === 'off' && (await client.query(atWork)).rowCount) await pause(200);
}

async function inDatabase<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the simulator ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
