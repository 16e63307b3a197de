import { afterEach, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { startCrmSimulator } from '#dev/crm/server.ts';
import { claimRun, startRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';
import { WorkerStopping } from '#jobs/sync/run.ts';
import { checkCopy, checkRuns } from '../trial/reckoning.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 1000, pageCap: 20 });
const parts = (concurrency: number, changes: Partial<SyncParts> = {}) =>
  partsFor(configFor(crm(), { pageSize: 20, concurrency }), changes);
const ids = () =>
  crm()
    .dataset.all()
    .map((sent) => sent.OptyId as bigint)
    .sort((one, other) => (one < other ? -1 : 1));

afterEach(async () => {
  crm().faults.clear();
  for (const id of hidden.splice(0)) crm().dataset.show(id);
  await pool.query(
    `DELETE FROM sync_missing; DELETE FROM opportunity_changes; DELETE FROM sync_quarantine;
     DELETE FROM opportunities; DELETE FROM sync_logs`,
  );
});
const hidden: bigint[] = [];
function hide(all: bigint[]) {
  for (const id of all) crm().dataset.hide(id);
  hidden.push(...all);
}

/** The parts, with something done before the nth page is asked for. */
function before(nth: number, act: () => unknown, concurrency: number, changes = {}): SyncParts {
  const inner = parts(concurrency, changes);
  let asked = 0;
  return {
    ...inner,
    client: {
      ...inner.client,
      async page(...query) {
        if (++asked === nth) await act();
        return inner.client.page(...query);
      },
    },
  };
}

const lanesOf = (log: Record<string, unknown>) =>
  log.lanes as { cursor: string; upTo: string | null; done: boolean }[] | null;

describe.each([1, 2, 3, 4])('a sweep in %i lanes', (concurrency) => {
  it('copies every record once, and writes nothing the second time', async () => {
    const asked = crm().requests;
    const { log } = await sync('FULL', parts(concurrency));
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 1000, new_records: 1000 });
    expect(lanesOf(log)?.length ?? 1).toBe(concurrency);
    // The pages, one more a lane for its rest, the end said twice, and the glances.
    expect(crm().requests - asked).toBeLessThanOrEqual(50 + concurrency + 2 + concurrency);
    expect(log.cursor).toBe(String(ids().at(-1)));
    await checkCopy(crm(), new Set());
    const rows = await copied();
    const { log: again } = await sync('FULL', parts(concurrency));
    expect(again).toMatchObject({ status: 'SUCCESS', unchanged_records: 1000, new_records: 0 });
    expect(lanesOf(again)?.length ?? 1).toBe(concurrency);
    expect(await copied()).toEqual(rows);
    await checkRuns();
  });

  it('goes on where every lane stood, however often it is interrupted', async () => {
    let run = await startRun(pool, { syncType: 'FULL', trigger: 'COMMAND' });
    let attempts = 0;
    for (; run; run = await claimRun(pool)) {
      attempts++;
      const stopping = new AbortController();
      const stop = () => stopping.abort(new WorkerStopping('The worker is stopping.'));
      await runSync(before(17, stop, concurrency, { signal: stopping.signal }), run);
    }
    expect(attempts).toBeGreaterThan(2);
    const { rows } = await pool.query<Record<string, unknown>>('SELECT * FROM sync_logs');
    expect(rows).toMatchObject([{ status: 'SUCCESS', total_fetched: 1000, new_records: 1000 }]);
    await checkCopy(crm(), new Set());
    await checkRuns();
  });

  it('misses exactly what is gone from its ranges, also where a lane finds nothing more', async () => {
    await sync('FULL', parts(concurrency));
    const gone = ids().slice(200);
    const { log, runId } = await sync(
      'FULL',
      before(1, () => hide(gone), concurrency),
    );
    expect(log).toMatchObject({ status: 'HELD', total_fetched: 200, unchanged_records: 200 });
    const { rows } = await pool.query<{ id: string }>(
      `SELECT remote_id::text AS id FROM sync_missing JOIN opportunities o ON o.id = opportunity_id
       WHERE sync_log_id = $1 ORDER BY remote_id`,
      [runId],
    );
    expect(rows.map(({ id }) => id)).toEqual(gone.map(String));
  });

  it('misses what is gone at the edges of its lanes', async () => {
    await sync('FULL', parts(concurrency));
    const gone = [0, 249, 250, 251, 499, 500, 749, 750, 999].map((at) => ids()[at]!);
    hide(gone);
    const { log } = await sync('FULL', parts(concurrency));
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 0 });
    const { rowCount } = await pool.query('SELECT FROM missing_opportunities');
    expect(rowCount).toBe(gone.length);
    await checkCopy(crm(), new Set());
  });

  it('stops all lanes when a person cancels', async () => {
    const cancel = () => pool.query('UPDATE sync_logs SET cancel_requested_at = now()');
    const { log } = await sync('FULL', before(9, cancel, concurrency));
    expect(log).toMatchObject({ status: 'CANCELLED', watermark_to: null });
    expect(log.new_records).toBe((await copied()).size);
    expect(log.new_records).toBeLessThan(1000);
  });

  it('ends all lanes when one fails, with what is committed', async () => {
    crm().faults.add({ kind: 'status', status: 503, match: { cursorAbove: String(ids()[600]) } });
    const { log } = await sync('FULL', parts(concurrency));
    expect(log).toMatchObject({ status: 'FAILED', fault: 'unavailable' });
    expect(log.new_records).toBe((await copied()).size);
  });
});

describe('where the lanes are divided', () => {
  it.each([
    ['a total of none', { kind: 'total', total: 0 }, 1],
    ['a total far too high', { kind: 'total', total: 900_000_000 }, 1],
    ['a total too low', { kind: 'total', total: 90 }, 4],
    ['no answer', { kind: 'status', status: 500 }, 1],
    ['a login page', { kind: 'html' }, 1],
    ['the order ignored', { kind: 'ignore-order' }, null],
  ] as const)('costs nothing but balance with %s', async (_name, fault, lanes) => {
    crm().faults.add({ ...fault, match: { path: 'totalResults' } });
    const { log } = await sync('FULL', parts(4));
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 1000, new_records: 1000 });
    if (lanes) expect(lanesOf(log)?.length ?? 1).toBe(lanes);
    await checkCopy(crm(), new Set());
  });

  it('does not matter to a run that was begun in one lane, or in more than there are now', async () => {
    for (const [first, then] of [
      [1, 4],
      [4, 1],
      [3, 2],
    ] as const) {
      const run = await startRun(pool, { syncType: 'FULL', trigger: 'COMMAND' });
      const stopping = new AbortController();
      const stop = () => stopping.abort(new WorkerStopping('The worker is stopping.'));
      await runSync(before(12, stop, first, { signal: stopping.signal }), run!);
      const left = await claimRun(pool);
      expect(left?.lanes?.length ?? 1).toBe(first);
      await runSync(parts(then), left!);
      const { rows } = await pool.query('SELECT * FROM sync_logs ORDER BY id DESC LIMIT 1');
      expect(rows).toMatchObject([{ status: 'SUCCESS', total_fetched: 1000 }]);
    }
    await checkCopy(crm(), new Set());
  });

  it('counts a refused record at the edge once', async () => {
    await sync('FULL', parts(2));
    const { log: second } = await sync('FULL', parts(2));
    const edge = BigInt(lanesOf(second)![0]!.upTo!);
    const added = [edge - 1n, edge + 1n].filter((id) => !crm().dataset.get(id));
    for (const id of added)
      crm().dataset.insertRaw(`{"OptyId": ${id}, "OptyNumber": "BAD-${id}", "Revenue": "much"}`);
    const { log } = await sync('FULL', parts(2));
    expect(log).toMatchObject({ status: 'PARTIAL', failed_records: added.length });
    expect(log.total_fetched).toBe(1000 + added.length);
    for (const id of added) crm().dataset.remove(id);
  });

  it('is nowhere in a CRM without opportunities', async () => {
    const empty = await startCrmSimulator({ opportunities: 0 });
    try {
      const { log } = await sync('FULL', partsFor(configFor(empty, { concurrency: 4 })));
      expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 0, lanes: null });
    } finally {
      await empty.stop();
    }
  });

  it('is nowhere in a delta', async () => {
    await sync('FULL', parts(4));
    const { log } = await sync('INCREMENTAL', parts(4));
    expect(log).toMatchObject({ status: 'SUCCESS', sync_type: 'INCREMENTAL', lanes: null });
  });
});
