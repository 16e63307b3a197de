import type { BesideSync } from './inbox-beside-sync.ts';
import type { Measurement, Written } from './stage.ts';

/** Everything the bench measured. */
export interface Results {
  few: Measurement;
  full: Measurement;
  many: Measurement;
  floor: Measurement;
  prototype: Measurement;
  slow: Measurement;
  again: Measurement;
  writtenAgain: Written;
  delta: Measurement;
  writtenByDelta: Written;
  requestsOfDelta: number;
  changed: number;
  inbox: BesideSync;
}

export interface Settings {
  latencyMs: number;
  pageSize: number;
  lanes: number;
}

export interface Aim {
  what: string;
  aim: string;
  measured: string;
  met: boolean;
}

const atLeast = (what: string, value: number, limit: number, unit = '') =>
  judged(what, value >= limit, `≥ ${limit}${unit}`, value, unit);
const atMost = (what: string, value: number, limit: number, unit = '') =>
  judged(what, value <= limit, `≤ ${limit}${unit}`, value, unit);

/** What was aimed at, what came of it, and whether that is good enough. */
export function aimsOf(results: Results, { latencyMs, pageSize, lanes }: Settings): Aim[] {
  const { few, full, many, floor, prototype, slow, again, delta, inbox } = results;
  const wire = (Math.ceil(slow.rows / pageSize) * latencyMs) / 1000 / lanes;
  const growth = Math.max(perRow(full) / perRow(few), perRow(many) / perRow(full));
  const memory = [few, full, many].map(({ maxRssMb }) => maxRssMb);
  return [
    atLeast(
      `first sweep of ${full.rows}, share of the floor's rate`,
      perRow(floor) / perRow(full),
      0.75,
    ),
    atLeast('first sweep, times record by record', perRow(prototype) / perRow(full), 15),
    atMost(
      `first sweep, ${latencyMs} ms a page, ${lanes} lanes: times the wire's own time`,
      slow.seconds / wire,
      1.15,
    ),
    atMost('sweep with nothing changed, rows written', results.writtenAgain.rows, 0),
    atMost(
      'sweep with nothing changed, WAL a row',
      results.writtenAgain.walBytes / again.rows,
      100,
      ' B',
    ),
    atMost('sweep with nothing changed, times the first', again.seconds / full.seconds, 0.5),
    atMost(`delta of ${results.changed} in ${many.rows}, requests`, results.requestsOfDelta, 3),
    judged(
      'delta, rows written',
      results.writtenByDelta.rows === results.changed,
      `= ${results.changed}`,
      results.writtenByDelta.rows,
    ),
    atMost('delta, share of a sweep', (delta.seconds / many.seconds) * 100, 0.5, ' %'),
    atMost(
      `memory at the most, ${few.rows} to ${many.rows} rows`,
      Math.max(...memory),
      300,
      ' MiB',
    ),
    atMost('memory, most by least', Math.max(...memory) / Math.min(...memory), 1.2),
    atMost(
      'inbox p95 beside a sweep of a slow CRM, times at rest',
      inbox.besideSlowCrm / inbox.atRest,
      1.5,
    ),
    atMost(
      'inbox p95 beside a sweep of a quick CRM, times at rest',
      inbox.besideQuickCrm / inbox.atRest,
      1.5,
    ),
    atMost(`time a row at ${few.rows}, ${full.rows}, ${many.rows}: growth a step`, growth, 1.2),
  ];
}

/** How long one page takes to its first byte, in ms, on few and on ten times as many opportunities. */
export interface PageTimes {
  page: string;
  p50: number;
  p95: number;
  'p50 of many': number;
  'p95 of many': number;
  /** The median on many by that on few. */
  times: number;
}

/** The slowest page, and the one that grows most: by its median, which a busy moment does not raise. */
export function aimsOfPages(pages: PageTimes[], rows: number): Aim[] {
  const most = (key: 'p95 of many' | 'times') =>
    pages.reduce((one, other) => (one[key] >= other[key] ? one : other));
  const slowest = most('p95 of many');
  const growing = most('times');
  return [
    atMost(`slowest page on ${rows}, p95: ${slowest.page}`, slowest['p95 of many'], 100, ' ms'),
    atMost(`page that grows most on ten times the rows: ${growing.page}`, growing.times, 1.5),
  ];
}

export function perRow({ rows, seconds }: Measurement): number {
  return seconds / rows;
}

function judged(what: string, met: boolean, aim: string, value: number, unit = ''): Aim {
  return { what, aim, measured: `${Number(value.toPrecision(3))}${unit}`, met };
}
