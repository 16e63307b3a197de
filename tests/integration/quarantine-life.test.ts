import { beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import type { MappingRule } from '#app/domain/mapping-rule.ts';
import { addMappingRule } from '#app/services/add-mapping-rule.server.ts';
import { discardQuarantined } from '#app/services/discard-quarantined.server.ts';
import { replayQuarantined } from '#app/services/replay-quarantined.server.ts';
import { withdrawMappingRule } from '#app/services/withdraw-mapping-rule.server.ts';
import { listTargets } from '#app/models/sync-target.server.ts';
import { createMapper } from '#jobs/oracle/map.ts';
import { claimRun } from '#jobs/sync/lease.ts';
import { rulesInForce } from '#jobs/sync/mapping-rules.ts';
import { runSync } from '#jobs/sync/run-sync.ts';
import { createUser } from '../factories/user.ts';
import { waitingForLock } from '../setup/waiting-for-lock.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 300, pageCap: 100 });
const config = () => configFor(crm());
// As the worker does it: the rules are read when a run begins.
const parts = async () =>
  partsFor(config(), { map: createMapper(config().fields, await rulesInForce(pool)) });
const [lots, emptied, nameless] = ['150000000000001', '150000000000002', '150000000000003'];
const stamp = '"LastUpdateDate":"2026-01-01T00:00:00Z"';
let actor: { id: string; name: string };

beforeAll(async () => {
  actor = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
  crm().dataset.insertRaw(`{"OptyId":${lots},"OptyNumber":"L1","Revenue":"lots",${stamp}}`);
  crm().dataset.insertRaw(
    `{"OptyId":${emptied},"OptyNumber":"L2","Revenue":"more","UpsideAmount":7.50,${stamp}}`,
  );
  crm().dataset.insertRaw(`{"OptyId":${nameless},"OptyNumber":"L3","Name":"a\\u0000b",${stamp}}`);
});

const group = { cause: 'not-a-number', field: 'Revenue' };
const openRows = () =>
  db.syncQuarantine.findMany({ where: { resolvedAt: null }, orderBy: { id: 'asc' } });
const idOf = async (remoteId: string) =>
  (await db.syncQuarantine.findFirstOrThrow({ where: { remoteId }, orderBy: { id: 'desc' } })).id;
const discard = async (remoteId: string, of = group) =>
  discardQuarantined({
    actor,
    group: of,
    reason: 'Test data.',
    choice: { of: 'selected', ids: [await idOf(remoteId)] },
  });
const sums = (log: Record<string, unknown>) => [
  log.total_fetched,
  ['new_records', 'updated_records', 'unchanged_records', 'failed_records'].reduce(
    (sum, key) => sum + (log[key] as number),
    0,
  ),
];
async function replay(ids: bigint[]) {
  const ordered = await replayQuarantined({ actor, group, choice: { of: 'selected', ids } });
  if (!ordered.ok) throw new Error(ordered.message);
  await runSync(await parts(), (await claimRun(pool))!);
  return (await listTargets(db, BigInt(ordered.runId), 10))!.shown.map(({ outcome }) => outcome);
}

describe('a discarded record', () => {
  it('does not come up again while the CRM sends it as it was, and fails no run', async () => {
    expect((await sync('FULL', await parts())).log).toMatchObject({
      failed_records: 3,
      status: 'PARTIAL',
    });
    for (const id of [lots, emptied]) expect(await discard(id)).toEqual({ ok: true, records: 1 });
    await discard(nameless, { cause: 'nul-character', field: 'Name' });
    for (const mode of ['FULL', 'INCREMENTAL', 'FULL'] as const) {
      const { log } = await sync(mode, await parts());
      expect(log).toMatchObject({ status: 'SUCCESS', failed_records: 0, new_records: 0 });
      const [total, sum] = sums(log);
      expect(sum).toBe(total);
    }
    expect(await openRows()).toEqual([]);
    const kept = await db.syncQuarantine.findMany({ orderBy: { id: 'asc' } });
    expect(kept).toHaveLength(3);
    expect(kept[0]).toMatchObject({
      resolution: 'DISCARDED',
      payload: expect.stringContaining('"lots"') as string,
    });
    expect(kept[0]!.timesSeen).toBeGreaterThan(2);
  });

  it('comes up again when it changes, and when it changes back', async () => {
    crm().dataset.update(BigInt(lots), { Revenue: 'lots more' });
    expect((await sync('FULL', await parts())).log).toMatchObject({
      failed_records: 1,
      status: 'PARTIAL',
    });
    expect(await openRows()).toMatchObject([{ remoteId: lots }]);
    crm().dataset.update(BigInt(lots), { Revenue: 'lots' });
    expect((await sync('FULL', await parts())).log).toMatchObject({ failed_records: 1 });
    expect(await openRows()).toHaveLength(1);
    await discard(lots);
    expect((await sync('FULL', await parts())).log).toMatchObject({ failed_records: 0 });
  });

  it('is there all the same: a row whose record was discarded is not gone', async () => {
    const [known] = (await copied()).keys();
    crm().dataset.update(BigInt(known!), { Revenue: 'oops' });
    await sync('FULL', await parts());
    await discard(known!);
    expect((await sync('FULL', await parts())).log).toMatchObject({
      removed_records: 0,
      failed_records: 0,
    });
    expect((await copied()).get(known!)).toMatchObject({ gone_since: null });
    expect(await db.missingOpportunity.count()).toBe(0);
  });

  it('that is discarded while a page with it waits is not taken up behind one’s back', async () => {
    crm().dataset.update(BigInt(lots), { Revenue: 'other' });
    await sync('FULL', await parts());
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(
      `UPDATE sync_quarantine SET resolved_at = now(), resolution = 'DISCARDED' WHERE resolved_at IS NULL`,
    );
    const running = sync('FULL', await parts());
    await waitingForLock();
    await client.query('COMMIT');
    client.release();
    expect((await running).log).toMatchObject({ failed_records: 0, status: 'SUCCESS' });
    expect(await openRows()).toEqual([]);
  });
});

describe('a mapping rule', () => {
  const add = (rule: Pick<MappingRule, 'treatment' | 'source'>, of = group) =>
    addMappingRule({ actor, ...of, ...rule, reason: 'Agreed with the CRM team.' });

  it('lets a replayed group in, each record with what came of it, and no other row is written', async () => {
    for (const id of [lots, emptied]) crm().dataset.update(BigInt(id), { Revenue: 'lately' });
    await sync('FULL', await parts());
    const before = await copied();
    const ids = (await openRows()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(await replay(ids)).toEqual(['QUARANTINED', 'QUARANTINED']);
    expect(await openRows()).toMatchObject([{ timesTried: 1 }, { timesTried: 1 }]);
    await add({ treatment: 'READ_FROM', source: 'UpsideAmount' });
    expect(await replay(ids)).toEqual(['ADDED', 'ADDED']);
    expect(await openRows()).toEqual([]);
    const after = await copied();
    expect([after.get(lots)?.deal_value, after.get(emptied)?.deal_value]).toEqual([null, '7.50']);
    for (const [id, row] of before) expect(after.get(id)).toEqual(row);
    // A sweep reads by the same rule: the one that was discarded comes in by it, then nothing is new.
    const settled = [await sync('FULL', await parts()), await sync('FULL', await parts())];
    expect(settled.map(({ log }) => [log.status, log.new_records, log.updated_records])).toEqual([
      ['SUCCESS', 0, 1],
      ['SUCCESS', 0, 0],
    ]);
  });

  it('withdrawn, leaves what it wrote until the CRM sends it again, which then fails', async () => {
    const [rule] = await db.mappingRule.findMany();
    expect(await withdrawMappingRule({ actor, ruleId: `${rule!.id}` })).toEqual({
      ok: true,
      field: 'Revenue',
      treatment: 'READ_FROM',
    });
    const before = (await copied()).get(emptied);
    expect((await sync('FULL', await parts())).log).toMatchObject({
      status: 'PARTIAL',
      removed_records: 0,
    });
    expect((await copied()).get(emptied)).toEqual(before);
  });

  it('accepts a record the database could not hold, without what it cannot hold', async () => {
    const nul = { cause: 'nul-character', field: 'Name' };
    await add({ treatment: 'LEAVE_EMPTY', source: null }, nul);
    const { log } = await sync('FULL', await parts());
    expect(log).toMatchObject({ new_records: 1 });
    expect((await copied()).get(nameless)).toMatchObject({
      name: null,
      raw: expect.stringContaining('"Name": null') as string,
    });
    expect((await sync('FULL', await parts())).log).toMatchObject({ updated_records: 0 });
    const kept = await db.syncQuarantine.findFirstOrThrow({ where: { remoteId: nameless } });
    expect(kept.payload).toContain('\\u0000');
  });

  it('is for managers alone, as they stand in this moment', async () => {
    const nobody = await createUser(db);
    const by = { actor: nobody, group, choice: { of: 'group', upTo: 10n ** 6n } as const };
    expect(await discardQuarantined({ ...by, reason: 'Test data.' })).toMatchObject({
      status: 403,
    });
    expect(await replayQuarantined(by)).toMatchObject({ status: 403 });
    expect(await withdrawMappingRule({ actor: nobody, ruleId: '1' })).toMatchObject({
      status: 403,
    });
    const rule = { ...group, treatment: 'LEAVE_EMPTY' as const, source: null, reason: 'Agreed.' };
    expect(await addMappingRule({ actor: nobody, ...rule })).toMatchObject({ status: 403 });
  });
});
