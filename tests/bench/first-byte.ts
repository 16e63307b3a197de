import pg from 'pg';
import { buildIfNeeded } from '#dev/build.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { startApplication, type Application } from '../setup/application.ts';

const people = ['manager', 'head', 'architect', 'sales'];
const paths = ['/opportunities', '/opportunities?sort=deal_value', '/opportunities?q=cloud'];
const warmUp = 8;
const rounds = 40;

export interface FirstByte {
  page: string;
  rows: number;
  p50: number;
  p95: number;
}

/** How long the inbox takes to its first byte, in ms, for each kind of person, on so many opportunities. */
export async function measureFirstByte(rows: number): Promise<FirstByte[]> {
  return withApplication(async (application) => {
    const client = new pg.Client({ connectionString: application.databaseUrl });
    await client.connect();
    await fillOpportunities(client, { rows });
    await client.query('VACUUM ANALYZE');
    await client.end();
    const measured: FirstByte[] = [];
    for (const who of people) {
      const { cookie } = await application.signIn(`${who}@example.test`);
      for (const path of paths) {
        const times = await timesOf(application.url + path, cookie, warmUp + rounds);
        measured.push({ page: `${who} ${path}`, rows, ...percentiles(times.slice(warmUp)) });
      }
    }
    return measured;
  });
}

export async function withApplication<T>(use: (application: Application) => Promise<T>) {
  buildIfNeeded();
  const application = await startApplication({ opportunities: 10 });
  try {
    return await use(application);
  } finally {
    await application.stop();
  }
}

/** Milliseconds to the first byte of a page, asked for so often, one after another. */
export async function timesOf(url: string, cookie: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round++) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie, accept: 'text/html' } });
    const reader = answer.body!.getReader();
    await reader.read();
    times.push(performance.now() - began);
    while (!(await reader.read()).done);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  }
  return times;
}

export function percentiles(times: number[]): { p50: number; p95: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)]!);
  return { p50: at(0.5), p95: at(0.95) };
}
