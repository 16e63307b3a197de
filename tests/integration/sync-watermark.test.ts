import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { getWatermark, listWatermarkMoves } from '#app/models/watermark.server.ts';
import { setWatermark, type WatermarkSetting } from '#app/services/set-watermark.server.ts';
import { startRun } from '#jobs/sync/lease.ts';
import { runSync } from '#jobs/sync/run-sync.ts';
import { createUser } from '../factories/user.ts';
import { configFor, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 300, pageCap: 100 });
const parts = () => partsFor(configFor(crm()));
let manager: { id: string; name: string };
let head: { id: string; name: string };

beforeAll(async () => {
  manager = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
  head = await createUser(db, { name: 'Hugo Head', roles: ['PRACTICE_HEAD'] });
  await sync('FULL', parts());
});
afterEach(async () => {
  await pool.query(
    `UPDATE sync_logs SET status = 'CANCELLED', lease = NULL WHERE status = 'RUNNING'`,
  );
});

const setBack = async (changes: Partial<WatermarkSetting> = {}) =>
  setWatermark({
    actor: manager,
    to: '2026-01-01',
    zone: 'UTC',
    reason: 'Bulk edit without stamps',
    seen: (await getWatermark(db)).lastChange,
    ...changes,
  });
const watermark = async () => (await getWatermark(db)).at!;
const begun = () => startRun(pool, { syncType: 'INCREMENTAL', trigger: 'COMMAND' });

describe('the watermark set back', () => {
  it('is where the next delta begins, which then moves it on', async () => {
    const before = await watermark();
    expect(await setBack()).toEqual({ ok: true, to: new Date('2026-01-01'), running: false });
    expect(await watermark()).toEqual(new Date('2026-01-01'));
    const { log, runId } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({
      sync_type: 'INCREMENTAL',
      status: 'SUCCESS',
      updated_records: 0,
      watermark_from: new Date('2026-01-01'),
    });
    expect(Number(log.total_fetched)).toBeGreaterThan(0);
    expect(await watermark()).toEqual(before);
    const [run, change] = await listWatermarkMoves(db, 10);
    expect(run).toMatchObject({
      from: new Date('2026-01-01'),
      to: before,
      by: null,
      run: { id: runId, syncType: 'INCREMENTAL' },
    });
    expect(change).toMatchObject({
      from: before,
      to: new Date('2026-01-01'),
      run: null,
      by: 'Mona Manager',
      reason: 'Bulk edit without stamps',
    });
  });

  it('is in the audit with who, from where, to where and why', async () => {
    const from = await watermark();
    await setBack({ to: '2026-02-01T10:00', zone: 'Asia/Kolkata' });
    const event = await db.auditEvent.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(event).toMatchObject({
      kind: 'sync.watermark_set',
      actorId: manager.id,
      subjectType: 'watermark',
      data: {
        from: from.toISOString(),
        to: '2026-02-01T04:30:00.000Z',
        reason: 'Bulk edit without stamps',
      },
    });
    await sync('INCREMENTAL', parts());
  });

  it('stays back when a run ends that was running at that time', async () => {
    const [deal] = crm().dataset.all();
    crm().dataset.update(deal!.OptyId as bigint, { Name: 'Moves the watermark on' });
    const run = (await begun())!;
    expect(await setBack({ to: '2026-01-05' })).toMatchObject({ ok: true, running: true });
    expect(await runSync(parts(), run)).toMatchObject({ status: 'SUCCESS' });
    expect(await watermark()).toEqual(new Date('2026-01-05'));
    const overruled = (await listWatermarkMoves(db, 20)).filter((move) => move.overruled);
    expect(overruled.map((move) => move.run?.id)).toEqual([run.id]);
    const { log } = await sync('INCREMENTAL', parts());
    expect(log.watermark_from).toEqual(new Date('2026-01-05'));
  });

  it('stays back however a run begins beside it', async () => {
    for (let round = 0; round < 12; round++) {
      await pool.query(`UPDATE sync_logs SET status = 'CANCELLED' WHERE status = 'RUNNING'`);
      await pool.query('DELETE FROM watermark_changes');
      const to = new Date('2026-01-07');
      const [run, set] = await Promise.all([begun(), setBack({ to: '2026-01-07' })]);
      expect(set).toMatchObject({ ok: true });
      const outcome = await runSync(parts(), run!);
      expect(outcome.status).toBe('SUCCESS');
      // Either the run began there, or what it reached does not count.
      const { rows } = await pool.query('SELECT watermark_from FROM sync_logs WHERE id = $1', [
        run!.id,
      ]);
      const beganThere = (rows[0].watermark_from as Date).getTime() === to.getTime();
      const stands = (await watermark()).getTime() === to.getTime();
      expect({ beganThere, stands }).toEqual({ beganThere, stands: !beganThere });
    }
    await sync('INCREMENTAL', parts());
  });

  it('by two people at once is set by one, and the other is told', async () => {
    const { lastChange: seen } = await getWatermark(db);
    const outcomes = await Promise.all([
      setBack({ seen, to: '2026-01-03' }),
      setBack({ seen, to: '2026-01-02' }),
    ]);
    const refused = outcomes.filter(({ ok }) => !ok);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      status: 409,
      message: expect.stringContaining('Mona Manager has set the watermark back') as string,
    });
    await sync('INCREMENTAL', parts());
  });

  it.each([
    ['2199-01-01', /future/],
    ['1969-12-31', /1970 at the earliest/],
    ['1800-01-01', /1970 at the earliest/],
    ['2026-02-30', /not a day that exists/],
    ['soon', /Write a date/],
  ])('is not set to %s', async (to, words) => {
    const before = await getWatermark(db);
    const outcome = await setBack({ to });
    expect(outcome).toMatchObject({ ok: false, status: 400 });
    expect(outcome.ok ? '' : outcome.message).toMatch(words);
    expect(await getWatermark(db)).toEqual(before);
  });

  it('is never set forward', async () => {
    await setBack({ to: '2026-01-02' });
    expect(await setBack({ to: '2026-01-02T00:00:01' })).toMatchObject({
      ok: false,
      status: 400,
      errors: { to: expect.stringContaining('only be set back') as string },
    });
    expect(await setBack({ to: '2026-01-02' })).toMatchObject({
      errors: { to: expect.stringContaining('already') as string },
    });
    await sync('INCREMENTAL', parts());
  });

  it('is set by nobody who may not, as the tables stand now', async () => {
    expect(await setBack({ actor: head })).toMatchObject({ ok: false, status: 403 });
  });

  it('waits for no run that holds the table too long', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE sync_logs IN ROW EXCLUSIVE MODE');
    try {
      expect(await setBack()).toMatchObject({
        ok: false,
        status: 409,
        message: expect.stringContaining('try again') as string,
      });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('leaves a full sync as it is, and counts for nothing before the first', async () => {
    await pool.query('DELETE FROM watermark_changes');
    await pool.query(`UPDATE sync_logs SET watermark_to = NULL`);
    expect(await setBack()).toMatchObject({
      ok: false,
      status: 409,
      message: expect.stringContaining('no watermark yet') as string,
    });
    expect(await listWatermarkMoves(db, 5)).toEqual([]);
  });
});
