import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { getWatermark } from '#app/models/watermark.server.ts';
import { actOnWatermark } from '#app/services/act-on-watermark.server.ts';
import type { OracleConfig } from '#jobs/oracle/config.ts';
import { claimRun } from '#jobs/sync/lease.ts';
import { WorkerStopping } from '#jobs/sync/run.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';
import { createUser } from '../factories/user.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 1200, pageCap: 20 });
const parts = (config: Partial<OracleConfig> = {}, changes: Partial<SyncParts> = {}) =>
  partsFor(configFor(crm(), config), changes);
const day = 86_400_000;
let actor: { id: string; name: string };
/** Some days out of what the CRM's records were last changed in. */
let range: { from: string; to: string };
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

beforeAll(async () => {
  actor = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
  await sync('FULL', parts());
  const { rows } = await pool.query<{ at: Date[] }>(
    `SELECT percentile_disc(ARRAY[0.3, 0.5]) WITHIN GROUP (ORDER BY crm_updated_at) AS at
     FROM opportunities`,
  );
  const [from, to] = rows[0]!.at as [Date, Date];
  range = { from: dayOf(from), to: dayOf(to) };
});
beforeEach(async () => {
  await sync('FULL', parts());
});

/** Makes every row of the copy differ from the CRM, as if its last change had been missed. */
const forget = () =>
  pool.query(
    `UPDATE opportunities SET name = 'not what the CRM says', content_hash = '\\x00',
       raw = '{}'::jsonb, crm_updated_at = crm_updated_at - interval '1 second'`,
  );

async function order(days = range): Promise<string> {
  const outcome = await actOnWatermark({ intent: 'backfill', ...days, reason: 'Lost' }, { actor });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.path.replace('/sync/runs/', '');
}

async function backfill(config: Partial<OracleConfig> = {}) {
  const runId = await order();
  const run = await claimRun(pool);
  expect(run).toMatchObject({ id: runId, purpose: 'BACKFILL', syncType: 'INCREMENTAL', range });
  const outcome = await runSync(parts(config), run!);
  const { rows } = await pool.query('SELECT * FROM sync_logs WHERE id = $1', [runId]);
  return { outcome, log: rows[0] as Record<string, unknown> };
}

/** How the copy stands by where the CRM's last change lies: in the range, near it, or elsewhere. */
async function standing() {
  const wrong = { inside: 0, outside: 0 };
  let inside = 0;
  let outside = 0;
  const copy = await copied();
  for (const sent of crm().dataset.all()) {
    const row = copy.get(String(sent.OptyId))!;
    const at = Date.parse(String(sent.LastUpdateDate));
    const equal = row.name === sent.Name && row.raw !== '{}';
    if (at >= Date.parse(range.from) && at < Date.parse(range.to) + day) {
      inside += 1;
      if (!equal) wrong.inside += 1;
    } else if (at < Date.parse(range.from) - day || at >= Date.parse(range.to) + 2 * day) {
      outside += 1;
      if (!equal) wrong.outside += 1;
    }
  }
  return { inside, outside, wrong };
}

describe.each([1, 2, 4])('a backfill in the grammar of framework version %i', (version) => {
  it('makes the copy equal the source in its range, and reads nothing far from it', async () => {
    await forget();
    const before = await getWatermark(db);
    const { log } = await backfill({ frameworkVersion: version });
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 0, watermark_to: null });
    const { inside, outside, wrong } = await standing();
    expect(inside).toBeGreaterThan(10);
    expect(outside).toBeGreaterThan(10);
    expect(wrong).toEqual({ inside: 0, outside });
    expect(log.updated_records).toBe(log.total_fetched);
    expect(await getWatermark(db)).toEqual(before);
  });
});

describe('a backfill', () => {
  it('finds nothing to write where nothing differs', async () => {
    const before = await copied();
    const { log } = await backfill();
    expect(log).toMatchObject({ status: 'SUCCESS', updated_records: 0, new_records: 0 });
    expect(log.unchanged_records).toBe(log.total_fetched);
    const after = await copied();
    for (const [id, row] of before) expect(after.get(id)!.xmin).toBe(row.xmin);
  });

  it('marks nothing missing, though the CRM has it no more', async () => {
    const inRange = crm()
      .dataset.all()
      .filter(({ LastUpdateDate }) => {
        const at = String(LastUpdateDate).slice(0, 10);
        return at > range.from && at < range.to;
      });
    const ids = inRange.slice(0, 5).map(({ OptyId }) => OptyId as bigint);
    for (const id of ids) crm().dataset.hide(id);
    const { log } = await backfill();
    for (const id of ids) crm().dataset.show(id);
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 0 });
    const { rows } = await pool.query(
      `SELECT (SELECT count(*)::int FROM opportunities WHERE gone_since IS NOT NULL) AS gone,
         (SELECT count(*)::int FROM sync_missing) AS missing`,
    );
    expect(rows).toEqual([{ gone: 0, missing: 0 }]);
  });

  it('leaves out a record older than ours', async () => {
    await forget();
    await pool.query(`UPDATE opportunities SET crm_updated_at = '2099-01-01'`);
    const { log } = await backfill();
    expect(log).toMatchObject({ status: 'SUCCESS', updated_records: 0 });
  });

  it('that is interrupted goes on from its page, in its range', async () => {
    await forget();
    const runId = await order();
    const stopping = new AbortController();
    const stop = () => stopping.abort(new WorkerStopping('The worker is stopping.'));
    const interrupted = await runSync(
      parts({}, { signal: stopping.signal, onProgress: stop }),
      (await claimRun(pool))!,
    );
    expect(interrupted.status).toBe('RELEASED');
    const again = (await claimRun(pool))!;
    expect(again).toMatchObject({ id: runId, range, purpose: 'BACKFILL' });
    expect(again.cursor).toBeGreaterThan(0n);
    expect((await runSync(parts(), again)).status).toBe('SUCCESS');
    expect((await standing()).wrong.inside).toBe(0);
  });

  it('that brings nothing is no sign of blindness', async () => {
    const runId = await order({ from: '1999-01-01', to: '1999-01-31' });
    const outcome = await runSync(parts(), (await claimRun(pool))!);
    expect(outcome).toEqual({ status: 'SUCCESS', message: null });
    const { rows } = await pool.query('SELECT total_fetched FROM sync_logs WHERE id = $1', [runId]);
    expect(rows).toEqual([{ total_fetched: 0 }]);
  });

  it('is not ordered beside another run, nor for days that make no range', async () => {
    await order();
    const ask = (from: string, to: string) =>
      actOnWatermark({ intent: 'backfill', from, to, reason: '' }, { actor });
    expect(await ask(range.from, range.to)).toMatchObject({ ok: false, status: 409 });
    expect(await ask('2026-02-01', '2026-01-01')).toMatchObject({ ok: false, status: 400 });
    expect(await ask('2026-01-01', '2199-01-01')).toMatchObject({ ok: false, status: 400 });
    await runSync(parts(), (await claimRun(pool))!);
  });

  it('says in the audit which days, and why', async () => {
    await backfill();
    const event = await db.auditEvent.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(event).toMatchObject({
      kind: 'sync.requested',
      data: { mode: 'INCREMENTAL', purpose: 'BACKFILL', ...range, reason: 'Lost' },
    });
  });
});
