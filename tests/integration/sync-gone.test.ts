import { describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { markListedGone } from '#app/models/gone-mark.server.ts';
import { getFreshness, getRun } from '#app/models/sync-log.server.ts';
import { dropHeldSync } from '#app/services/drop-held-sync.server.ts';
import { releaseHeldSync } from '#app/services/release-held-sync.server.ts';
import { createUser } from '../factories/user.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 1000, pageCap: 100 });
const parts = () => partsFor(configFor(crm()));
const ids = () =>
  crm()
    .dataset.all()
    .map((sent) => sent.OptyId as bigint);
const gone = async () =>
  [...(await copied()).values()].filter((row) => row.gone_since !== null).length;

const actor = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });

/** Lets the day pass that lies between not being found and not being found again. */
const aDayLater = () =>
  pool.query(
    `UPDATE missing_opportunities SET checked_at = checked_at - interval '25 hours',
       first_not_found_at = first_not_found_at - interval '25 hours'`,
  );

/** What a run still lists as not seen. */
const listed = async (runId: string) =>
  (await pool.query('SELECT opportunity_id FROM sync_missing WHERE sync_log_id = $1', [runId]))
    .rows;

describe('what a sweep does not see', () => {
  it('is marked gone once the CRM has twice not had it to show, a day apart, and never deleted', async () => {
    await sync('FULL', parts());
    const removed = [ids()[0]!, ids()[500]!, ids().at(-1)!];
    for (const id of removed) crm().dataset.hide(id);
    await sync('INCREMENTAL', parts());
    expect((await sync('FULL', parts())).log).toMatchObject({ removed_records: 0 });
    expect(await gone()).toBe(0);
    await aDayLater();
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 3 });
    expect((await copied()).size).toBe(1000);
    const { rows } = await pool.query(
      `SELECT o.remote_id FROM opportunity_changes c JOIN opportunities o ON o.id = c.opportunity_id
       WHERE c.kind = 'GONE' AND c.sync_log_id = $1 AND o.gone_since IS NOT NULL ORDER BY o.remote_id`,
      [runId],
    );
    expect(rows.map((row: { remote_id: string }) => row.remote_id)).toEqual(removed.map(String));
    for (const id of removed) crm().dataset.show(id);
  });

  it('comes back when the CRM shows it again', async () => {
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({
      reappeared_records: 3,
      removed_records: 0,
      updated_records: 3,
      unchanged_records: 997,
    });
    expect(await gone()).toBe(0);
  });

  it('is held for a person when it is too much, with the list, until released', async () => {
    const hidden = ids().slice(100, 130);
    for (const id of hidden) crm().dataset.hide(id);
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'HELD', removed_records: 0 });
    expect(log.error_message).toContain('30 of 1,000');
    expect(await gone()).toBe(0);
    expect(await listed(runId)).toHaveLength(30);
    expect((await pool.query('SELECT FROM missing_opportunities')).rowCount).toBe(0);
    expect((await getFreshness(db)).state).toBe('held');
    crm().dataset.show(hidden[0]!);
    crm().dataset.update(hidden[0]!, { Name: 'seen since' });
    await sync('INCREMENTAL', parts());
    expect(await listed(runId)).toHaveLength(29);
    // Still waiting for the person, whatever ran since.
    expect((await getFreshness(db)).state).toBe('held');
    // In parts of ten it is the same; tried, and taken back.
    const inParts = db.$transaction(async (tx) => {
      const query = (text: string, values: readonly unknown[]) =>
        tx.$queryRawUnsafe<unknown[]>(text, ...values);
      throw new Error(`marked ${await markListedGone(query, runId, 10)}`);
    });
    await expect(inParts).rejects.toThrow('marked 29');
    expect(await releaseHeldSync({ runId, actor })).toEqual({ ok: true, count: 29 });
    expect(await gone()).toBe(29);
    expect(await getRun(db, BigInt(runId))).toMatchObject({
      status: 'SUCCESS',
      removedRecords: 29,
      errorMessage: null,
    });
    expect(await releaseHeldSync({ runId, actor })).toEqual({ ok: false, reason: 'not-held' });
    for (const id of hidden) crm().dataset.show(id);
    await sync('FULL', parts());
  });

  it('is held when the sweep comes back empty, and dropped by name', async () => {
    crm().faults.add({ kind: 'empty-page' });
    const before = await copied();
    const { log, runId } = await sync('FULL', parts());
    crm().faults.clear();
    expect(log).toMatchObject({ status: 'HELD', total_fetched: 0 });
    expect(await copied()).toEqual(before);
    expect(await dropHeldSync({ runId, actor })).toEqual({ ok: true, count: 1000 });
    expect(await getRun(db, BigInt(runId))).toMatchObject({
      status: 'CANCELLED',
      errorMessage: expect.stringContaining('Mona Manager') as string,
    });
    expect((await getFreshness(db)).note).toContain('held and then closed');
    const { rows } = await pool.query(`SELECT kind, actor_name FROM audit_events ORDER BY id`);
    expect(rows).toEqual([
      { kind: 'sync.released', actor_name: 'Mona Manager' },
      { kind: 'sync.dropped', actor_name: 'Mona Manager' },
    ]);
  });

  it('does not move the watermark while held, and a later sweep settles an older held one', async () => {
    const watermark = async () =>
      (
        await pool.query(
          `SELECT max(watermark_to) FROM sync_logs WHERE status IN ('SUCCESS', 'PARTIAL')`,
        )
      ).rows[0];
    const before = await watermark();
    crm().faults.add({ kind: 'empty-page' });
    const { runId } = await sync('FULL', parts());
    crm().faults.clear();
    expect(await watermark()).toEqual(before);
    expect((await sync('FULL', parts())).log).toMatchObject({
      status: 'SUCCESS',
      removed_records: 0,
    });
    expect(await getRun(db, BigInt(runId))).toMatchObject({ status: 'CANCELLED' });
    expect(await listed(runId)).toEqual([]);
    expect(await getFreshness(db)).toMatchObject({ state: 'on-time', note: null });
  });
});
