import pino from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { getCircuit } from '#app/models/sync-circuit.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';
import { handleScheduled } from '#jobs/handlers/scheduled-sync.ts';
import { createRunner, SyncFailed } from '#jobs/runner.ts';
import { createUser } from '../factories/user.ts';
import { configFor, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 60 });
let actor: { id: string; name: string };
let password = 'wrong';
let ends = 0;
const lines: string[] = [];

beforeAll(async () => {
  actor = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
});

function runner() {
  return createRunner({
    pool,
    oracle: configFor(crm(), {
      credentials: { kind: 'basic', username: 'bqs-integration', password },
    }),
    log: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    signal: new AbortController().signal,
    circuit: () => getCircuit(db),
    onEnd: async () => void (ends += 1),
  });
}

/** A scheduled job, as the queue hands it over. */
const scheduled = () => handleScheduled(runner(), [{ data: { mode: 'INCREMENTAL' } }]);
const runs = () => db.syncLog.count();
/** Only the passing of time is made up. */
const later = (minutes: number) =>
  pool.query(
    `UPDATE sync_logs SET started_at = started_at - $1 * interval '1 minute',
       completed_at = completed_at - $1 * interval '1 minute'`,
    [minutes],
  );

describe('the circuit', () => {
  it('opens after two refusals of our account: the queue’s third try asks the CRM nothing', async () => {
    await expect(scheduled()).rejects.toThrow(SyncFailed);
    await later(10);
    await expect(scheduled()).rejects.toThrow(SyncFailed);
    expect(await getCircuit(db)).toMatchObject({
      state: 'open',
      failures: 2,
      fault: 'credentials',
    });
    await later(10);
    const asked = crm().requests;
    // The job counts as done, so the queue tries it no more.
    await scheduled();
    expect([crm().requests, await runs()]).toEqual([asked, 2]);
    expect(lines.at(-1)).toContain('the circuit is open');
    expect(ends).toBe(2);
  });

  it('lets a person’s order through, whose failure opens it for longer', async () => {
    await requestSync({ mode: 'INCREMENTAL', actor });
    await expect(runner().takeOver()).rejects.toThrow(SyncFailed);
    const circuit = await getCircuit(db);
    if (circuit.state === 'closed') throw new Error('it is closed');
    expect(circuit).toMatchObject({ state: 'open', failures: 3 });
    const wait = circuit.until.getTime() - Date.now();
    expect(wait / 60_000).toBeCloseTo(30, 0);
  });

  it('lets a scheduled sync try once the wait is over, which opens it again', async () => {
    await later(31);
    expect((await getCircuit(db)).state).toBe('half-open');
    await expect(scheduled()).rejects.toThrow(SyncFailed);
    expect(await getCircuit(db)).toMatchObject({ state: 'open', failures: 4 });
  });

  it('is closed by a success, whoever ordered it', async () => {
    password = 'bqs-demo-crm';
    await scheduled();
    expect(await runs()).toBe(4);
    await requestSync({ mode: 'INCREMENTAL', actor });
    await runner().takeOver();
    expect(await getCircuit(db)).toEqual({ state: 'closed' });
    await scheduled();
    expect(await runs()).toBe(6);
  });
});
