import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { stopProducer } from '#app/lib/boss.server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';
import {
  carryOutTargets,
  createManager,
  kept,
  orderTargets,
  quarantined,
} from './targets-setup.ts';

const crm = useSimulator({ opportunities: 40, pageCap: 100 });
const parts = () => partsFor(configFor(crm()));
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

const replay = async (rows: bigint[]) => {
  const targets = rows.map((quarantineId) => ({ quarantineId }));
  return carryOutTargets(await orderTargets(actor, 'REPLAY', targets), parts());
};

/** In quarantine, with what the CRM can be asked for it by. */
async function keptAs(text: string, number: string | null, remoteId: string | null = null) {
  const id = await quarantined(text, remoteId);
  await pool.query('UPDATE sync_quarantine SET remote_number = $2 WHERE id = $1', [id, number]);
  return id;
}

describe('a replay of what still fails as it was kept', () => {
  it('asks the CRM once for each, and says what came of both', async () => {
    const [well, worse] = [ids()[20]!, ids()[21]!];
    const before = await copied();
    const wrong = `"EffectiveDate":"2026-02-30"`;
    const rows = [
      await keptAs(`{"OptyId":"1x","n":1}`, numberOf(well)),
      await keptAs(`{"OptyId":${worse},${wrong}}`, numberOf(worse), String(worse)),
      await keptAs(`{"OptyId":"1x","n":2}`, 'NOWHERE'),
      await keptAs(`{"OptyId":"1x","n":3}`, '..'),
      await keptAs(`{"OptyId":150000000000021,"Revenue":3,${stamp}}`, 'KEPT-WELL'),
    ];
    crm().dataset.update(well, { Name: 'Sent anew' }, { touch: false });
    crm().dataset.update(worse, { WinProb: 'high' }, { touch: false });
    const requests = crm().requests;
    const { log, targets } = await replay(rows);
    expect(crm().requests - requests).toBe(3);
    expect(targets.map(({ outcome }) => outcome)).toEqual([
      ...['UPDATED', 'QUARANTINED', 'QUARANTINED', 'QUARANTINED', 'ADDED'],
    ]);
    expect(targets[0]!.message).toBe('The CRM sent it anew.');
    expect(targets[1]!.message).toMatch(/EffectiveDate.+anew.+in another way: WinProb/);
    expect(targets[2]!.message).toMatch(/OptyId is "1x".+no longer to show/);
    expect(targets[3]!.message).not.toContain('CRM');
    expect(log).toMatchObject({
      status: 'PARTIAL',
      total_fetched: 5,
      new_records: 1,
      updated_records: 1,
      failed_records: 3,
      unchanged_records: 0,
    });
    expect((await copied()).get(String(well))!.name).toBe('Sent anew');
    expect((await copied()).get(String(worse))).toEqual(before.get(String(worse)));
    const [settled, refreshed, ...others] = await Promise.all(rows.slice(0, 4).map(kept));
    expect(settled).toMatchObject({
      resolution: 'REPLAYED',
      resolved_by: actor.id,
      times_tried: 1,
    });
    expect(refreshed).toMatchObject({ field: 'WinProb', resolved_at: null, times_tried: 1 });
    for (const row of others) expect(row).toMatchObject({ resolved_at: null, times_tried: 1 });
    crm().dataset.update(worse, { WinProb: 1 }, { touch: false });
  });

  it('fails for no fault of the CRM, and asks no more after one that is not of the key', async () => {
    const rows = [
      await keptAs('{"OptyId":"2x","n":1}', numberOf(ids()[22]!)),
      await keptAs('{"OptyId":"2x","n":2}', numberOf(ids()[23]!)),
      await keptAs('{"OptyId":"2x","n":3}', numberOf(ids()[24]!)),
    ];
    crm().faults.add({ kind: 'status', status: 400, times: 1 });
    crm().faults.add({ kind: 'unauthorized' });
    const requests = crm().requests;
    const { log, targets } = await replay(rows);
    crm().faults.clear();
    expect(crm().requests - requests).toBe(2);
    expect(log).toMatchObject({ status: 'PARTIAL', total_fetched: 3, failed_records: 3 });
    expect(targets.map(({ outcome }) => outcome)).toEqual(Array(3).fill('QUARANTINED'));
    expect(targets[0]!.message).toMatch(/"2x".+anew, the CRM failed: .+400/);
    expect(targets[2]!.message).toMatch(/"2x".+not asked for anew after this/);
    const again = await replay(rows);
    expect(again.log).toMatchObject({ status: 'SUCCESS', unchanged_records: 3, total_fetched: 3 });
  });
});
