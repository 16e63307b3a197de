import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { stopProducer } from '#app/lib/boss.server.ts';
import { countOpen } from '#app/models/sync-quarantine.server.ts';
import type { SyncTargetInput } from '#app/services/request-sync.server.ts';
import type { SyncParts } from '#jobs/sync/run-sync.ts';
import { WorkerStopping } from '#jobs/sync/run.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';
import {
  carryOutTargets,
  createManager,
  kept,
  orderTargets,
  quarantined,
} from './targets-setup.ts';

const crm = useSimulator({ opportunities: 120, pageCap: 100 });
const parts = (changes: Partial<SyncParts> = {}) => partsFor(configFor(crm()), changes);
const ids = () =>
  crm()
    .dataset.all()
    .map((sent) => sent.OptyId as bigint);
const numberOf = (id: bigint) => crm().dataset.get(id)!.OptyNumber as string;
const stamp = '"LastUpdateDate":"2001-01-01T00:00:00Z"';

let actor: { id: string; name: string };

beforeAll(async () => {
  actor = await createManager();
  await sync('FULL', parts());
});
afterAll(() => stopProducer());

const order = (purpose: 'REPAIR' | 'REPLAY', targets: Partial<SyncTargetInput>[]) =>
  orderTargets(actor, purpose, targets);
const carryOut = (runId: string, with_ = parts()) => carryOutTargets(runId, with_);
const go = async (purpose: 'REPAIR' | 'REPLAY', targets: Partial<SyncTargetInput>[]) =>
  carryOut(await order(purpose, targets));

describe('a repair', () => {
  it('fetches each of its targets by its own key and says what came of it', async () => {
    const [same, changed, removed, broken] = [ids()[3]!, ids()[4]!, ids()[5]!, ids()[6]!];
    crm().dataset.update(changed, { Name: 'Mended' }, { touch: false });
    const odd = crm().dataset.insert({ OptyNumber: 'ü 00/17%25', Name: 'Odd' });
    const unnumbered = crm().dataset.insert({ OptyNumber: null, Name: 'Without a number' });
    const gone = numberOf(removed);
    crm().dataset.remove(removed);
    crm().dataset.update(broken, { WinProb: 'high' });
    const { log, targets } = await go('REPAIR', [
      { remoteId: same, remoteNumber: numberOf(same) },
      { remoteId: changed, remoteNumber: numberOf(changed) },
      { remoteId: removed, remoteNumber: gone },
      { remoteId: broken, remoteNumber: numberOf(broken) },
      { remoteNumber: 'ü 00/17%25' },
      { remoteId: unnumbered },
      {},
    ]);
    expect(targets.map(({ outcome }) => outcome)).toEqual([
      ...['UNCHANGED', 'UPDATED', 'NOT_FOUND', 'QUARANTINED', 'ADDED', 'ADDED', 'FAILED'],
    ]);
    expect(log).toMatchObject({
      status: 'PARTIAL',
      total_fetched: 5,
      new_records: 2,
      updated_records: 1,
      unchanged_records: 1,
      failed_records: 1,
      watermark_to: null,
      cursor: null,
    });
    const copy = await copied();
    expect(copy.get(String(changed))).toMatchObject({ name: 'Mended' });
    expect(copy.get(String(odd))).toMatchObject({ remote_number: 'ü 00/17%25' });
    expect(copy.has(String(unnumbered))).toBe(true);
    // Not to be shown is not to be gone.
    expect(copy.get(String(removed))).toMatchObject({ gone_since: null });
    const { rows } = await pool.query(
      `SELECT o.remote_id, m.first_not_found_at FROM missing_opportunities m
       JOIN opportunities o ON o.id = m.opportunity_id`,
    );
    expect(rows).toEqual([{ remote_id: String(removed), first_not_found_at: null }]);
    expect(await countOpen(db)).toBe(1);
  });

  it('takes what the CRM says now, though its stamp is older, and ends the quarantine of it', async () => {
    const id = ids()[5]!;
    crm().dataset.update(id, { WinProb: 40, LastUpdateDate: '2020-01-01T00:00:00Z' });
    const { log, targets } = await go('REPAIR', [{ remoteId: id, remoteNumber: numberOf(id) }]);
    expect(targets).toEqual([{ outcome: 'UPDATED', message: null }]);
    expect(log).toMatchObject({ status: 'SUCCESS', updated_records: 1 });
    expect(await countOpen(db)).toBe(0);
  });

  it('left by its worker is taken over where it stood, and cancelled where a person says so', async () => {
    const targets = ids().map((remoteId) => ({ remoteId, remoteNumber: numberOf(remoteId) }));
    const runId = await order('REPAIR', targets);
    const stopping = new AbortController();
    const { client } = parts();
    let asked = 0;
    const counting = {
      ...client,
      record: (...key: Parameters<typeof client.record>) => {
        if (++asked === 30) stopping.abort(new WorkerStopping('The worker is stopping.'));
        return client.record(...key);
      },
    };
    const first = await carryOut(runId, parts({ client: counting, signal: stopping.signal }));
    expect(first.outcome.status).toBe('RELEASED');
    expect(first.log).toMatchObject({ status: 'RUNNING', total_fetched: 20 });
    const { log } = await carryOut(runId, parts({ client: counting }));
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: targets.length });
    expect(asked).toBe(30 + targets.length - 20);
    const other = await order('REPAIR', targets);
    await pool.query('UPDATE sync_logs SET cancel_requested_at = now() WHERE id = $1', [other]);
    expect((await carryOut(other)).log).toMatchObject({ status: 'CANCELLED', total_fetched: 20 });
  });

  it('ends with the fault where the CRM fails, and with one target where it rejects a key', async () => {
    const id = ids()[0]!;
    const target = { remoteId: id, remoteNumber: numberOf(id) };
    crm().faults.add({ kind: 'unauthorized' });
    const failed = await go('REPAIR', [target]);
    crm().faults.clear();
    expect(failed.log).toMatchObject({ status: 'FAILED', fault: 'credentials' });
    expect(failed.targets).toEqual([{ outcome: null, message: null }]);
    crm().faults.add({ kind: 'status', status: 400, times: 1 });
    const { log, targets } = await go('REPAIR', [target, target]);
    crm().faults.clear();
    expect(log).toMatchObject({ status: 'PARTIAL', total_fetched: 1 });
    expect(targets.map(({ outcome }) => outcome)).toEqual(['FAILED', 'UNCHANGED']);
    expect(targets[0]!.message).toContain('400');
  });
});

describe('a replay', () => {
  it('applies what was kept, in the name of who asked, without asking the CRM', async () => {
    const good = await quarantined(`{"OptyId":150000000000001,"Revenue":5.50,${stamp}}`);
    const requests = crm().requests;
    const { log, targets } = await go('REPLAY', [{ quarantineId: good }]);
    expect(crm().requests).toBe(requests);
    expect(targets).toEqual([{ outcome: 'ADDED', message: null }]);
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 1, new_records: 1 });
    expect((await copied()).get('150000000000001')).toMatchObject({ deal_value: '5.50' });
    expect(await kept(good)).toMatchObject({
      resolution: 'REPLAYED',
      resolved_by: actor.id,
      resolved_by_name: 'Mona Manager',
      times_tried: 1,
      times_seen: 1,
      resolved_reason: expect.stringContaining(`run ${String(log.id)}`) as string,
    });
  });

  it('leaves what still fails where it is, with what is wrong with it now', async () => {
    const [bad, refused, noJson] = [
      await quarantined('{"OptyId":150000000000002,"EffectiveDate":"2026-02-30"}'),
      await quarantined('{"OptyId":150000000000003,"StgOrder":1e999999}'),
      await quarantined('{"OptyId":15'),
    ];
    const run = await go(
      'REPLAY',
      [bad, refused, noJson].map((quarantineId) => ({ quarantineId })),
    );
    expect(run.log).toMatchObject({ status: 'PARTIAL', total_fetched: 3, failed_records: 3 });
    expect(run.targets.map(({ outcome }) => outcome)).toEqual(Array(3).fill('QUARANTINED'));
    expect(run.targets[2]!.message).toContain('no JSON');
    const rows = [await kept(bad), await kept(refused), await kept(noJson)];
    expect(rows).toMatchObject([
      { cause: 'impossible-date', field: 'EffectiveDate', times_tried: 1, resolved_at: null },
      { cause: 'refused-by-database', field: null, times_tried: 1, resolved_at: null },
      { cause: 'not-a-number', field: 'Revenue', times_tried: 1, resolved_at: null },
    ]);
    expect(rows.map(({ message }) => message)).toEqual(run.targets.map(({ message }) => message));
  });

  it('never overwrites what the CRM has sent since, nor brings back what is gone', async () => {
    const [older, since, gone] = [ids()[10]!, ids()[11]!, ids()[12]!];
    const before = await copied();
    const stampOf = (id: bigint) => (before.get(String(id))!.crm_updated_at as Date).toISOString();
    const rows = [
      await quarantined(`{"OptyId":${older},"Name":"Older",${stamp}}`, String(older)),
      await quarantined(
        `{"OptyId":${since},"Name":"As old","LastUpdateDate":"${stampOf(since)}"}`,
        String(since),
      ),
      await quarantined(
        `{"OptyId":${gone},"Name":"Gone","LastUpdateDate":"${new Date().toISOString()}"}`,
        String(gone),
      ),
    ];
    await pool.query(
      `UPDATE opportunities SET last_synced_at = clock_timestamp(),
         gone_since = CASE WHEN remote_id = $2 THEN now() END WHERE remote_id IN ($1, $2)`,
      [since, gone],
    );
    const { log, targets } = await go(
      'REPLAY',
      rows.map((quarantineId) => ({ quarantineId })),
    );
    expect(targets.map(({ outcome }) => outcome)).toEqual(Array(3).fill('UNCHANGED'));
    expect(log).toMatchObject({ status: 'SUCCESS', unchanged_records: 3, updated_records: 0 });
    const after = await copied();
    for (const id of [older, since, gone])
      expect(after.get(String(id))!.name).toBe(before.get(String(id))!.name);
    expect(after.get(String(gone))!.gone_since).not.toBeNull();
    for (const id of rows) expect(await kept(id)).toMatchObject({ resolution: 'REPLAYED' });
  });

  it('leaves alone what has left the quarantine since it was asked for', async () => {
    const [discarded, replayed] = [await quarantined('{"a":1}'), await quarantined('{"a":2}')];
    await pool.query(
      `UPDATE sync_quarantine SET resolved_at = now(), resolved_by = $3, resolved_reason = 'Because',
         resolution = (CASE id WHEN $1 THEN 'DISCARDED' ELSE 'REPLAYED' END)::quarantine_resolution
       WHERE id IN ($1, $2)`,
      [discarded, replayed, actor.id],
    );
    const { log, targets } = await go('REPLAY', [
      { quarantineId: discarded },
      { quarantineId: replayed },
      { quarantineId: 999_999n },
    ]);
    expect(targets.map(({ outcome }) => outcome)).toEqual(['FAILED', 'UNCHANGED', 'FAILED']);
    expect(log).toMatchObject({ status: 'PARTIAL', total_fetched: 0 });
    expect(await kept(discarded)).toMatchObject({ resolution: 'DISCARDED', times_tried: 0 });
  });
});
