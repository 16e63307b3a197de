import pg from 'pg';
import { buildIfNeeded } from '#dev/build.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { startApplication, type Application } from '../setup/application.ts';

/** The pages each kind of person opens most, and those that count or list much. */
const pages: Record<string, string[]> = {
  manager: [
    ...['/', '/decisions', '/people', '/sync', '/opportunities/OPP-1000'],
    ...['/opportunities', '/opportunities?sort=deal_value', '/opportunities?q=cloud'],
  ],
  head: ['/', '/reviews', '/opportunities'],
  architect: ['/', '/opportunities'],
  sales: ['/', '/opportunities'],
};
/** What waits for a recommendation: it is bounded by people, not by what the CRM holds. */
const submitted = 100;
const warmUp = 8;
const rounds = 32;

export interface FirstByte {
  page: string;
  rows: number;
  p50: number;
  p95: number;
}

/** How long pages take to their first byte, in ms, for each kind of person, on so many opportunities. */
export async function measureFirstByte(rows: number): Promise<FirstByte[]> {
  return withApplication(async (application) => {
    const client = new pg.Client({ connectionString: application.databaseUrl });
    await client.connect();
    await fillOpportunities(client, { rows, submitted });
    await giveThemRows(client);
    await client.query('VACUUM ANALYZE');
    await client.end();
    const measured: FirstByte[] = [];
    for (const [who, paths] of Object.entries(pages)) {
      const { cookie } = await application.signIn(`${who}@example.test`);
      for (const path of paths) {
        const times = await timesOf(application.url + path, cookie, warmUp + rounds);
        measured.push({ page: `${who} ${path}`, rows, ...percentiles(times.slice(warmUp)) });
      }
    }
    return measured;
  });
}

/** Practices and a seller of the filling, so that the sample people's pages are not empty. */
async function giveThemRows(client: pg.Client) {
  await client.query(
    `UPDATE practices SET name = 'Practice ' || place
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM practices) p WHERE p.id = practices.id`,
  );
  await client.query(
    `UPDATE opportunities SET sales_owner_email = 'sales@example.test' WHERE sales_owner = 'Seller 7'`,
  );
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
