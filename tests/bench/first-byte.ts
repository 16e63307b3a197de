import pg from 'pg';
import { buildIfNeeded } from '#dev/build.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { startApplication } from '../setup/application.ts';

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
  buildIfNeeded();
  const application = await startApplication({ opportunities: 10 });
  try {
    const client = new pg.Client({ connectionString: application.databaseUrl });
    await client.connect();
    await fillOpportunities(client, { rows });
    await client.query('VACUUM ANALYZE');
    await client.end();
    const measured: FirstByte[] = [];
    for (const who of people) {
      const { cookie } = await application.signIn(`${who}@example.test`);
      for (const path of paths) {
        const times = await timesOf(application.url + path, cookie);
        const at = (share: number) => Math.round(times[Math.floor(times.length * share)]!);
        measured.push({ page: `${who} ${path}`, rows, p50: at(0.5), p95: at(0.95) });
      }
    }
    return measured;
  } finally {
    await application.stop();
  }
}

async function timesOf(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie, accept: 'text/html' } });
    const reader = answer.body!.getReader();
    await reader.read();
    if (round >= warmUp) times.push(performance.now() - began);
    while (!(await reader.read()).done);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  }
  return times.sort((one, other) => one - other);
}
