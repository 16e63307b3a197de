// npm run bench [-- --quick | --rows N]: how fast and how cheap the sync is, each figure beside its aim.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { aimsOf, aimsOfPages, perRow, type PageTimes, type Results } from './aims.ts';
import { measureFirstByte } from './first-byte.ts';
import { measureBesideSync } from './inbox-beside-sync.ts';
import { measure, setStage, writtenBy, type Measurement, type Stage } from './stage.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, quick: { type: 'boolean' } },
});
const wanted = values.quick ? 20_000 : Number(values.rows);
const small = Math.ceil(wanted / 10);
const large = wanted * 10;
const sample = Math.min(small, 5000);
const changed = 100;
/** What ORACLE_PAGE_SIZE and ORACLE_CONCURRENCY are by default. */
const settings = { latencyMs: 300, pageSize: 499, lanes: 2 };

const began = performance.now();
const stage = await setStage();
try {
  const results = await benchmark(stage);
  await stage.stop();
  await report({ ...results, inbox: await measureBesideSync(wanted, settings.latencyMs) });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stage.stop();
}

async function benchmark(stage: Stage): Promise<Omit<Results, 'inbox'>> {
  const fewCrm = await stage.simulator(small);
  const crm = await stage.simulator(wanted);
  // A first, uncounted pass: otherwise whoever is measured first pays for the simulator warming up.
  await measure('floor', await stage.database(), crm);
  // Floor and sweep in turn, each taken at its best: what a busy moment raised is neither.
  const floorBefore = await measure('floor', await stage.database(), crm);
  const first = await measure('sync', await stage.database(), crm);
  const database = await stage.database();
  const second = await measure('sync', database, crm);
  const floorAfter = await measure('floor', await stage.database(), crm);
  const prototype = await measure('record-by-record', await stage.database(), crm, String(sample));
  let again!: Measurement;
  const writtenAgain = await writtenBy(database, async () => {
    again = await measure('sync', database, crm);
  });
  const few = await measure('sync', await stage.database(), fewCrm);
  await crm.ask({ kind: 'latency', ms: settings.latencyMs });
  const slow = await measure('sync', await stage.database(), crm);
  return {
    floor: best(floorBefore, floorAfter),
    full: best(first, second),
    prototype,
    again,
    writtenAgain,
    few,
    slow,
    changed,
    ...(await measureMany(stage)),
  };
}

async function measureMany(stage: Stage) {
  const crm = await stage.simulator(large);
  const database = await stage.database();
  const many = await measure('sync', database, crm);
  // Moves the watermark to where the last delta of a living CRM left it.
  await crm.ask({ kind: 'change', count: 1 });
  await measure('incremental', database, crm);
  const before = await crm.ask({ kind: 'change', count: changed });
  let delta!: Measurement;
  const writtenByDelta = await writtenBy(database, async () => {
    delta = await measure('incremental', database, crm);
  });
  const requestsOfDelta = (await crm.ask({ kind: 'requests' })) - before;
  crm.stop();
  return { many, delta, writtenByDelta, requestsOfDelta };
}

async function report(results: Results) {
  const firstBytes = await pages();
  const aims = [...aimsOf(results, settings), ...aimsOfPages(firstBytes, wanted)];
  const { few, full, many, floor, prototype, slow, again, delta } = results;
  console.table([
    line('first sweep', full),
    line('floor: drain, COPY, one merge', floor),
    line('record by record, a commit each', prototype),
    line(`first sweep, ${settings.latencyMs} ms a page`, slow),
    line('sweep, nothing changed', again),
    line('first sweep, fewer rows', few),
    line('first sweep, more rows', many),
    line('delta on more rows', delta),
  ]);
  console.log(`First byte of pages in ms, ${small} and ${wanted} opportunities:`);
  console.table(firstBytes);
  console.table(aims.map(({ met, ...aim }) => ({ ...aim, met: met ? 'yes' : 'MISSED' })));
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: round(totalmem() / 2 ** 30, 1),
  };
  mkdirSync('bench-results', { recursive: true });
  const file = {
    at: new Date().toISOString(),
    minutes: round((performance.now() - began) / 60_000, 1),
    node: process.version,
    machine,
    aims,
    results,
    firstBytes,
  };
  writeFileSync('bench-results/latest.json', `${JSON.stringify(file, null, 2)}\n`);
}

/** First bytes of pages on few and on many opportunities. */
async function pages(): Promise<PageTimes[]> {
  const few = await measureFirstByte(small);
  const many = await measureFirstByte(wanted);
  return few.map(({ page, p50, p95 }, at) => {
    const { p50: p50Many, p95: p95Many } = many[at]!;
    const times = round(p50Many / p50, 2);
    return { page, p50, p95, 'p50 of many': p50Many, 'p95 of many': p95Many, times };
  });
}

function line(name: string, { rows, seconds, maxRssMb, cpuSeconds }: Measurement) {
  return {
    measurement: name,
    rows,
    seconds: round(seconds, 2),
    'rows/s': Math.round(rows / seconds),
    'max RSS MiB': maxRssMb,
    'CPU s': round(cpuSeconds, 2),
  };
}

function best(one: Measurement, other: Measurement): Measurement {
  return perRow(one) <= perRow(other) ? one : other;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
