import { describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { listPreviews } from '#app/models/sync-preview.server.ts';
import { listReconciliations, readGroups } from '#app/models/sync-reconciliation.server.ts';
import { verdictOf, type PreviewKind } from '#app/domain/sync-preview.ts';
import { repairDifferences } from '#app/services/repair-differences.server.ts';
import { WorkerStopping } from '#jobs/sync/run.ts';
import type { SyncParts } from '#jobs/sync/run-sync.ts';
import { createUser } from '../factories/user.ts';
import { carryOn, previewed, type resultOf, runFor, untouched } from './preview-setup.ts';
import { configFor, partsFor, sync, useSimulator } from './sync-setup.ts';

const total = 500;
const crm = useSimulator({ opportunities: total, pageCap: 40 });
const parts = (changes: Partial<SyncParts> = {}) => partsFor(configFor(crm()), changes);
const ids = () =>
  crm()
    .dataset.all()
    .map((sent) => sent.OptyId as bigint);
const actor = await createUser(db, { roles: ['MANAGER'] });
const reconcile = () => runFor('RECONCILE', 'FULL', parts());
const verdict = ({ log, preview }: Awaited<ReturnType<typeof resultOf>>) =>
  verdictOf({
    counts: preview,
    fetched: log.total_fetched as number,
    unchanged: log.unchanged_records as number,
  });
const set = (id: bigint, values: string) =>
  pool.query(`UPDATE opportunities SET ${values} WHERE remote_id = $1`, [id]);

describe('a reconciliation', () => {
  it('finds a fresh copy equal, in every group, and writes nothing', async () => {
    await sync('FULL', parts());
    const before = await untouched();
    const result = await reconcile();
    expect(await untouched()).toEqual(before);
    expect(result.log).toMatchObject({ status: 'SUCCESS', unchanged_records: total });
    expect(verdict(result)).toEqual({ state: 'equal', differing: 0, equal: total, moved: 0 });
    const groups = await readGroups(db, BigInt(result.runId), 1000);
    expect(groups).toMatchObject({ differing: 0, sourceCount: total, copyCount: total });
    expect(groups.total).toBeGreaterThan(5);
    expect(groups.rows.every(({ same }) => same)).toBe(true);
  });

  it('finds every way in which the copy can be falsified, whatever the hash says, and mends it', async () => {
    const [cell, raw, stamp, gone, deleted, amount] = [3, 50, 120, 200, 300, 400].map(
      (at) => ids()[at]!,
    ) as [bigint, bigint, bigint, bigint, bigint, bigint];
    await set(cell, `stage = 'Falsified', sales_owner = NULL`);
    await set(raw, `raw = raw || '{"PRINT": "falsified"}'`);
    await set(stamp, `crm_updated_at = now() + interval '1 year'`);
    await set(gone, 'gone_since = now()');
    await set(amount, 'deal_value = coalesce(deal_value, 0) + 0.01');
    await pool.query('DELETE FROM opportunities WHERE remote_id = $1', [deleted]);
    await pool.query(
      `INSERT INTO opportunities (remote_id, remote_number, name, raw, content_hash)
       VALUES (77, 'NOWHERE-1', 'Made up', '{}', '')`,
    );
    const before = await untouched();
    const result = await reconcile();
    expect(await untouched()).toEqual(before);
    const found = new Map((await previewed(result.runId)).map((each) => [each.remote_id, each]));
    const kinds = Object.fromEntries([...found].map(([id, { kind }]) => [id, kind]));
    expect(kinds).toEqual({
      [String(cell)]: 'UPDATED',
      [String(raw)]: 'UPDATED',
      [String(stamp)]: 'UPDATED',
      [String(amount)]: 'UPDATED',
      [String(gone)]: 'REAPPEARED',
      [String(deleted)]: 'NEW',
      77: 'MISSING',
    });
    expect(found.get(String(cell))?.fields.map(({ field }) => field)).toEqual([
      'sales_owner',
      'stage',
    ]);
    expect(found.get(String(raw))?.fields).toEqual([]);
    expect(verdict(result)).toMatchObject({ state: 'differs', differing: 7, equal: total - 6 });
    const groups = await readGroups(db, BigInt(result.runId), 1000);
    expect(groups.differing).toBeGreaterThan(0);
    expect(groups.rows[0]!.same).toBe(false);

    const ordered = await repairDifferences({ runId: result.runId, chosen: null, actor });
    expect(ordered).toMatchObject({ ok: true, count: 7 });
    if (!ordered.ok) return;
    expect(await repairDifferences({ runId: result.runId, chosen: null, actor })).toEqual({
      ok: false,
      reason: 'nothing-to-repair',
    });
    await carryOn(ordered.runId, parts());
    const outcomes = (await listPreviews(db, BigInt(result.runId), 100)).flatMap(({ records }) =>
      records.map(({ remoteId, repair, repairable }) => [remoteId, repair?.outcome, repairable]),
    );
    expect(Object.fromEntries(outcomes.map(([id, outcome]) => [id, outcome]))).toEqual({
      [String(cell)]: 'UPDATED',
      [String(raw)]: 'UPDATED',
      [String(stamp)]: 'UPDATED',
      [String(amount)]: 'UPDATED',
      [String(gone)]: 'UPDATED',
      [String(deleted)]: 'ADDED',
      77: 'NOT_FOUND',
    });
    expect(outcomes.every(([, , repairable]) => repairable === false)).toBe(true);

    const again = await reconcile();
    expect(again.preview).toMatchObject({ new: 0, updated: 0, reappeared: 0, missing: 1 });
    // Made up by hand, it is nowhere to be found; only confirming it as gone ends it.
    const awaited = await pool.query(
      `SELECT FROM missing_opportunities m JOIN opportunities o ON o.id = m.opportunity_id WHERE o.remote_id = 77`,
    );
    expect(awaited.rowCount).toBe(1);
    await pool.query('DELETE FROM opportunities WHERE remote_id = 77');
    expect(verdict(await reconcile()).state).toBe('equal');
  });

  it('repairs the chosen ones alone, and those again whose repair did not get through', async () => {
    const [one, other] = [ids()[10]!, ids()[11]!];
    await set(one, `name = 'Falsified'`);
    await set(other, `name = 'Falsified'`);
    const { runId } = await reconcile();
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM sync_previews WHERE sync_log_id = $1 AND remote_id = $2',
      [runId, one],
    );
    const chosen = [rows[0]!.id];
    const failed = await repairDifferences({ runId, chosen, actor });
    if (!failed.ok) throw new Error(failed.reason);
    expect(await repairDifferences({ runId, chosen, actor })).toMatchObject({ ok: false });
    await pool.query(`UPDATE sync_logs SET status = 'FAILED' WHERE id = $1`, [failed.runId]);
    const repaired = await repairDifferences({ runId, chosen, actor });
    if (!repaired.ok) throw new Error(repaired.reason);
    await carryOn(repaired.runId, parts());
    const again = await reconcile();
    expect((await previewed(again.runId)).map(({ remote_id }) => remote_id)).toEqual([
      String(other),
    ]);
    const rest = await repairDifferences({ runId: again.runId, chosen: null, actor });
    if (!rest.ok) throw new Error(rest.reason);
    await carryOn(rest.runId, parts());
    expect(verdict(await reconcile()).state).toBe('equal');
    const { rows: audited } = await pool.query(
      `SELECT data->>'purpose' AS purpose, data->>'records' AS records FROM audit_events
       WHERE kind = 'sync.requested' AND subject_id = $1`,
      [rest.runId],
    );
    expect(audited).toEqual([{ purpose: 'REPAIR', records: '1' }]);
  });

  it('does not hold against the copy what the CRM changed since the last sync', async () => {
    const [moved, falsified] = [ids()[20]!, ids()[21]!];
    crm().dataset.update(moved, { Name: 'Moved on' });
    const fresh = crm().dataset.insert({ OptyNumber: 'FRESH-1', Name: 'Just made' });
    await set(falsified, `name = 'Falsified'`);
    const result = await reconcile();
    const kinds = (await previewed(result.runId)).map(({ remote_id, kind }) => [remote_id, kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      [String(moved)]: 'MOVED',
      [String(fresh)]: 'MOVED',
      [String(falsified)]: 'UPDATED',
    });
    const ordered = await repairDifferences({ runId: result.runId, chosen: null, actor });
    expect(ordered).toMatchObject({ ok: true, count: 1 });
    if (ordered.ok) await carryOn(ordered.runId, parts());
    await sync('INCREMENTAL', parts());
    const after = await reconcile();
    expect(verdict(after)).toMatchObject({ state: 'equal', equal: total + 1 });
  });

  it('counts a record that cannot be read on neither side, and says so', async () => {
    const known = ids()[30]!;
    crm().dataset.update(known, { EffectiveDate: '2027-02-31' });
    crm().dataset.insertRaw(
      '{"OptyId": 300009000000001, "OptyNumber": "BAD-1", "Revenue": "much"}',
    );
    const result = await reconcile();
    expect(result.preview).toMatchObject({ quarantined: 2, missing: 0, updated: 0 });
    expect(result.log).toMatchObject({ failed_records: 0, status: 'SUCCESS' });
    const groups = await readGroups(db, BigInt(result.runId), 1000);
    expect(groups).toMatchObject({ differing: 0, sourceCount: total, copyCount: total });
    const refused = (await previewed(result.runId)).find(({ kind }) => kind === 'QUARANTINED');
    expect(refused?.fields[0]?.message).toContain('EffectiveDate');
    expect((await pool.query('SELECT FROM sync_quarantine')).rowCount).toBe(0);
    crm().dataset.update(known, { EffectiveDate: '2027-02-28' });
    crm().dataset.remove(300009000000001n);
    await sync('INCREMENTAL', parts());
  });
});

describe('a reconciliation that is disturbed', () => {
  it.each(['DRY_RUN', 'RECONCILE'] as const)(
    'goes on at its cursor in another worker (%s)',
    async (purpose) => {
      await set(ids()[5]!, `name = 'Falsified', content_hash = '\\x00'`);
      await set(ids()[450]!, `name = 'Falsified', content_hash = '\\x00'`);
      const whole = await runFor(purpose, 'FULL', parts());
      const stopping = new AbortController();
      const { client } = parts();
      let asked = 0;
      const interrupted: SyncParts['client'] = {
        ...client,
        page(...query) {
          if (++asked === 6) stopping.abort(new WorkerStopping('The worker is stopping.'));
          return client.page(...query);
        },
      };
      const half = await runFor(
        purpose,
        'FULL',
        parts({ client: interrupted, signal: stopping.signal }),
      );
      expect(half.outcome.status).toBe('RELEASED');
      expect(half.log.total_fetched).toBeLessThan(total);
      const done = await carryOn(half.runId, parts());
      expect(done.log).toMatchObject({ status: 'SUCCESS', total_fetched: total + 1 });
      expect(done.preview).toEqual(whole.preview);
      const strip = async (runId: string) => await previewed(runId);
      expect(await strip(done.runId)).toEqual(await strip(whole.runId));
      if (purpose === 'RECONCILE') {
        const sums = (runId: string) => readGroups(db, BigInt(runId), 1000);
        expect(await sums(done.runId)).toEqual(await sums(whole.runId));
      }
    },
  );

  it('does not add up its end twice when the worker died between it and the closing', async () => {
    const whole = await reconcile();
    await pool.query(
      `UPDATE sync_logs SET status = 'RUNNING', lease = NULL, completed_at = NULL WHERE id = $1`,
      [whole.runId],
    );
    const again = await carryOn(whole.runId, parts());
    expect(again.preview).toEqual(whole.preview);
    expect(again.log).toMatchObject({ status: 'SUCCESS' });
    expect(await readGroups(db, BigInt(whole.runId), 1000)).toMatchObject({
      sourceCount: total + 1,
      copyCount: total + 1,
    });
  });

  it('never reads a failed page as the end, and leaves nothing behind', async () => {
    crm().faults.add({ kind: 'html', match: { afterRequests: 3 } });
    const before = await untouched();
    const { log } = await reconcile();
    crm().faults.clear();
    expect(log).toMatchObject({ status: 'FAILED', removed_records: 0 });
    expect(await untouched()).toEqual(before);
    const [latest] = await listReconciliations(db, 10);
    expect(latest?.run).toMatchObject({ status: 'FAILED' });
  });

  it('says that the CRM sent nothing, rather than that all are gone', async () => {
    crm().faults.add({ kind: 'empty-page' });
    const result = await reconcile();
    crm().faults.clear();
    expect(verdict(result).state).toBe('nothing-sent');
    expect(result.preview.held).toContain('no opportunity at all');
  });

  it('lists no more than its share of a kind, and counts exactly', async () => {
    await pool.query(
      `INSERT INTO opportunities (remote_id, remote_number, raw, content_hash)
       SELECT n, 'MADE-' || n, '{}', '' FROM generate_series(1000, 3499) n`,
    );
    const { preview, runId } = await reconcile();
    expect(preview.missing).toBe(2500);
    const listed = await previewed(runId);
    const of = (kind: PreviewKind) => listed.filter((each) => each.kind === kind).length;
    expect(of('MISSING')).toBe(2000);
    await pool.query(`DELETE FROM opportunities WHERE remote_number LIKE 'MADE-%'`);
  });
});
