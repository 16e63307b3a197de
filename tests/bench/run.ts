// npm run bench [-- --rows N]: how fast a full sync is, against its floor and against the prototype's way.
import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { workerFlags } from '#dev/child.ts';
import { startPostgres } from '#dev/postgres.ts';
import { applyMigrations } from '../../prisma/migrations.ts';
import { measureFirstByte } from './first-byte.ts';

interface Measurement {
  rows: number;
  seconds: number;
  maxRssMb: number;
  cpuSeconds: number;
}

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } });
const wanted = Number(values.rows);
const sample = Math.min(5000, wanted);
const small = Math.min(10_000, wanted);
const folder = mkdtempSync(join(tmpdir(), 'bqs-bench-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ folder });
const simulators: ChildProcess[] = [];
let databases = 0;
try {
  await benchmark();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const simulator of simulators) simulator.disconnect();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function benchmark() {
  const crm = await startSimulator(wanted);
  const smallCrm = await startSimulator(small);
  // A first, uncounted pass: otherwise whoever is measured first pays for the simulator warming up.
  await measure('floor', await freshDatabase(), crm);
  const before = await measure('floor', await freshDatabase(), crm);
  const database = await freshDatabase();
  const full = await measure('sync', database, crm);
  const again = await measure('sync', database, crm);
  // Measured on either side of the sync and taken at its best: a floor that a busy moment raised is none.
  const after = await measure('floor', await freshDatabase(), crm);
  const floor = after.seconds < before.seconds ? after : before;
  const prototype = await measure('record-by-record', await freshDatabase(), crm, String(sample));
  const smallFull = await measure('sync', await freshDatabase(), smallCrm);
  report({ full, again, floor, prototype, smallFull }, await inbox());
}

/** First bytes of the inbox on few and on many opportunities. */
async function inbox() {
  const few = await measureFirstByte(small);
  const many = await measureFirstByte(wanted);
  return few.map(({ page, p50, p95 }, at) => {
    const { p50: p50Many, p95: p95Many } = many[at]!;
    const times = round(p50Many / p50, 2);
    return { page, p50, p95, 'p50 of many': p50Many, 'p95 of many': p95Many, times };
  });
}

type Results = Record<'full' | 'again' | 'floor' | 'prototype' | 'smallFull', Measurement>;

function report(results: Results, firstBytes: Awaited<ReturnType<typeof inbox>>) {
  const line = (name: string, { rows, seconds, maxRssMb, cpuSeconds }: Measurement) => ({
    measurement: name,
    rows,
    seconds: round(seconds, 2),
    'rows/s': Math.round(rows / seconds),
    'max RSS MB': maxRssMb,
    'CPU s': round(cpuSeconds, 2),
  });
  const { full, again, floor, prototype, smallFull } = results;
  console.table([
    line('full sync', full),
    line('second full sync, nothing changed', again),
    line('floor: drain and COPY, the faster of two', floor),
    line('record by record, a commit each', prototype),
    line('full sync, fewer rows', smallFull),
  ]);
  const ratios = {
    'times the record-by-record rate': round(rate(full) / rate(prototype), 1),
    'share of the floor': round(rate(full) / rate(floor), 2),
    'second sync, times the first': round(rate(again) / rate(full), 2),
    'memory, times the fewer rows': round(full.maxRssMb / smallFull.maxRssMb, 2),
  };
  console.table(ratios);
  console.log(`First byte of the inbox in ms, ${small} and ${wanted} opportunities:`);
  console.table(firstBytes);
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: round(totalmem() / 2 ** 30, 1),
  };
  mkdirSync('bench-results', { recursive: true });
  const file = {
    at: new Date().toISOString(),
    node: process.version,
    machine,
    results,
    ratios,
    firstBytes,
  };
  writeFileSync('bench-results/latest.json', `${JSON.stringify(file, null, 2)}\n`);
}

function rate({ rows, seconds }: Measurement): number {
  return rows / seconds;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

async function startSimulator(opportunities: number): Promise<string> {
  const child = fork(script('simulator.ts'), [String(opportunities)], { stdio: 'inherit' });
  simulators.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
}

async function freshDatabase(): Promise<string> {
  const url = new URL(postgres.url);
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  url.pathname = `/bench_${++databases}`;
  await admin.query(`CREATE DATABASE bench_${databases}`);
  await admin.end();
  await applyMigrations(url.href);
  return url.href;
}

/** Runs one measurement alone in a process, so that its memory is its own. */
async function measure(
  mode: string,
  database: string,
  crm: string,
  ...rest: string[]
): Promise<Measurement> {
  const child = fork(script('measure.ts'), [mode, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: workerFlags,
    env: {
      ...process.env,
      DATABASE_URL: database,
      ORACLE_BASE_URL: crm,
      ORACLE_USERNAME: 'bqs-integration',
      ORACLE_PASSWORD: 'bqs-demo-crm',
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
  console.log(`${mode}: ${measurement.rows} rows in ${round(measurement.seconds, 2)} s`);
  return measurement;
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
