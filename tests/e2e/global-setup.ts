import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { sampleRoles, type Facts } from './facts.ts';

/** Starts the project under test, fills it by its own sync and signs every sample person in. */
export default async function setup() {
  const application = await startApplication({
    opportunities: 320,
    worker: true,
    env: { ORACLE_PAGE_SIZE: '40', LOG_LEVEL: 'error' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'bqs-e2e-'));
  try {
    const file = join(folder, 'facts.json');
    writeFileSync(file, JSON.stringify(await prepare(application)));
    process.env.BQS_E2E_FACTS = file;
  } catch (error) {
    await application.stop();
    throw error;
  }
  return async () => {
    await application.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function prepare(application: Application): Promise<Facts> {
  const { url, crm, databaseUrl } = application;
  const cookies: Facts['cookies'] = {};
  for (const role of sampleRoles) {
    cookies[role] = (await application.signIn(`${role}@example.test`)).cookie;
  }
  crm.dataset.insertRaw(
    `{"OptyId": 300000900000001, "OptyNumber": "BAD-1", "Name": "Broken", "EffectiveDate": "2027-02-31"}`,
  );
  crm.dataset.insert({
    OptyNumber: 'A/1 50%',
    Name: 'Slash <b>and</b> percent',
    TargetPartyName: null,
  });
  await sync(url, cookies.manager ?? '', 'full');
  crm.dataset.evolve(20);
  await sync(url, cookies.manager ?? '', 'incremental');
  const memoPath = decided(application);
  const { publicUrl, adminUrl } = application.identity;
  const identity = { publicUrl, adminUrl };
  return { url, crmUrl: crm.url, databaseUrl, memoPath, identity, cookies };
}

/** In a process of its own, which has the application's settings. */
function decided({ env }: Application): string {
  return execFileSync('node', ['tests/e2e/decided.ts'], { env, encoding: 'utf8' }).trim();
}

/** Runs a sync through the API and waits for its end. */
async function sync(url: string, cookie: string, mode: 'full' | 'incremental'): Promise<void> {
  const headers = { cookie, 'Content-Type': 'application/json', Origin: url };
  const body = JSON.stringify({ mode });
  await fetch(`${url}/api/sync-database`, { method: 'POST', headers, body });
  for (let tries = 0; tries < 150; tries++) {
    await new Promise((later) => setTimeout(later, 200));
    const answer = await fetch(`${url}/api/sync-status`, { headers });
    const { status } = (await answer.json()) as { status: string | null };
    if (status === 'SUCCESS' || status === 'PARTIAL') return;
    if (status === 'FAILED') break;
  }
  throw new Error(`The ${mode} sync that fills the application did not finish.`);
}
