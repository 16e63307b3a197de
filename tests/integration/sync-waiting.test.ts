import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { SyncRun } from '#app/domain/freshness.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { syncSignal } from '#app/lib/sync-signal.ts';
import { getFreshness, getLastRun } from '#app/models/sync-log.server.ts';
import { createRunner } from '#jobs/runner.ts';
import { configFor, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 40, pageCap: 20 });

afterEach(() => crm().faults.clear());

describe('a run that waits for the CRM', () => {
  it('tells what it waits for and for how long, and no more once it gets on', async () => {
    crm().faults.add({ kind: 'status', status: 503, times: 2 });
    const runner = createRunner({
      pool,
      oracle: configFor(crm(), { concurrency: 1 }),
      log: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      onEnd: () => Promise.resolve(),
      circuit: () => Promise.resolve({ state: 'closed' }),
    });
    const over = runner.begin('FULL', 'COMMAND');
    const run = await waiting();
    expect(run.waiting).toMatch(/not available \(503\)\..* Trying again (in \d+ s|now)\.$/);
    expect(syncSignal(await getFreshness(db)).running?.waiting).toContain('(503)');
    await over;
    expect(await getLastRun(db)).toMatchObject({ status: 'SUCCESS', waiting: null });
    const { rows } = await pool.query('SELECT waiting_for, waiting_until FROM sync_logs');
    expect(rows).toEqual([{ waiting_for: null, waiting_until: null }]);
  });
});

async function waiting(): Promise<SyncRun> {
  for (let tries = 0; tries < 200; tries++) {
    const run = await getLastRun(db);
    if (run?.waiting) return run;
    await pause(20);
  }
  throw new Error('the run never said that it waits');
}
