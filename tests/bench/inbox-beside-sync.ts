import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Application } from '../setup/application.ts';
import { percentiles, timesOf, withApplication } from './first-byte.ts';
import { measure, startSimulator, type Simulator } from './stage.ts';

const roundsAtRest = 150;
const batch = 10;

export interface BesideSync {
  /** p95 in ms to the first byte of a manager's inbox. */
  atRest: number;
  besideQuickCrm: number;
  besideSlowCrm: number;
}

/**
 * The inbox while a worker sweeps the CRM it shows, one opportunity in a hundred having changed: a CRM
 * that answers at once, so that the sweep takes what it can get of the machine, and one that takes its time.
 */
export async function measureBesideSync(rows: number, latencyMs: number): Promise<BesideSync> {
  const crm = await startSimulator(rows);
  try {
    return await withApplication(async (application) => {
      await measure('sync', application.databaseUrl, crm);
      await vacuum(application.databaseUrl);
      const { cookie } = await application.signIn('manager@example.test');
      const url = `${application.url}/opportunities`;
      await timesOf(url, cookie, 20);
      const atRest = percentiles(await timesOf(url, cookie, roundsAtRest)).p95;
      const besideQuickCrm = await p95BesideSweep(application, crm, rows, cookie);
      await crm.ask({ kind: 'latency', ms: latencyMs });
      const besideSlowCrm = await p95BesideSweep(application, crm, rows, cookie);
      return { atRest, besideQuickCrm, besideSlowCrm };
    });
  } finally {
    crm.stop();
  }
}

async function p95BesideSweep(
  application: Application,
  crm: Simulator,
  rows: number,
  cookie: string,
): Promise<number> {
  await crm.ask({ kind: 'change', count: Math.ceil(rows / 100) });
  const asked = await crm.ask({ kind: 'requests' });
  let sweeping = true;
  const sweep = measure('sync', application.databaseUrl, crm).finally(() => (sweeping = false));
  // Only what falls into the sweep counts, not the start of its process.
  while (sweeping && (await crm.ask({ kind: 'requests' })) === asked) await pause(20);
  const times: number[] = [];
  while (sweeping)
    times.push(...(await timesOf(`${application.url}/opportunities`, cookie, batch)));
  await sweep;
  return percentiles(times).p95;
}

async function vacuum(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.end();
}
