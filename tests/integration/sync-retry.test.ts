import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 60, pageCap: 50 });
const parts = () => partsFor(configFor(crm()));
const old = '"LastUpdateDate":"2020-01-01T00:00:00Z","OptyLastUpdateDate":"2020-01-01T00:00:00Z"';
const untouched = { touch: false };

beforeEach(async () => {
  await pool.query('DELETE FROM sync_quarantine');
});

/** Puts a record no mapping takes into the CRM, behind every watermark, and into quarantine. */
async function refused(id: bigint, attributes: string) {
  crm().dataset.insertRaw(`{"OptyId":${id},${attributes},${old}}`);
  await sync('FULL', parts());
}

const kept = async () =>
  (await pool.query<Record<string, unknown>>('SELECT * FROM sync_quarantine ORDER BY id')).rows;

describe('a record in quarantine', () => {
  it('is asked for by its own key in every delta, and leaves once it is well', async () => {
    const id = 150000000000001n;
    await refused(id, '"OptyNumber":"R/1%","Revenue":"lots"');
    const still = await sync('INCREMENTAL', parts());
    expect(still.log).toMatchObject({ status: 'PARTIAL', failed_records: 1 });
    expect(await kept()).toMatchObject([
      { times_seen: 2, times_tried: 1, last_sync_log_id: still.runId, resolved_at: null },
    ]);
    crm().dataset.update(id, { Revenue: 'a lot', WinProb: 1 }, untouched);
    await sync('INCREMENTAL', parts());
    expect(await kept()).toMatchObject([
      { times_tried: 2, payload: expect.stringContaining('a lot') as string },
    ]);
    crm().dataset.update(id, { Revenue: 5 }, untouched);
    const { log, runId } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', new_records: 1, failed_records: 0 });
    const sum = ['new_records', 'updated_records', 'unchanged_records', 'failed_records']
      .map((key) => log[key] as number)
      .reduce((a, b) => a + b);
    expect(log.total_fetched).toBe(sum);
    expect(await kept()).toMatchObject([
      {
        resolution: 'REPLAYED',
        times_tried: 3,
        resolved_reason: expect.stringContaining(`run ${runId}`) as string,
      },
    ]);
    expect((await copied()).get(String(id))).toMatchObject({ deal_value: '5' });
    crm().dataset.remove(id);
  });

  it('is counted once where a page of the run brings it too', async () => {
    const id = 150000000000002n;
    await refused(id, '"OptyNumber":"R-2","Revenue":"lots"');
    crm().dataset.update(id, { WinProb: 3 });
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ failed_records: 1 });
    expect(await kept()).toMatchObject([{ times_seen: 2, times_tried: 0 }]);
    crm().dataset.remove(id);
  });

  it('that the CRM has no longer to show stays, and says so once', async () => {
    const id = 150000000000003n;
    await refused(id, '"OptyNumber":"R-3","Revenue":"lots"');
    crm().dataset.remove(id);
    await sync('INCREMENTAL', parts());
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', failed_records: 0 });
    const [row] = await kept();
    expect(row).toMatchObject({ times_seen: 1, times_tried: 2, resolved_at: null });
    expect(String(row!.message).match(/no longer to show/g)).toHaveLength(1);
    expect(String(row!.message)).toContain('Revenue');
  });

  it('without a usable id is asked for by its number, and told apart by what it is now', async () => {
    const place = 150000000000004n;
    crm().dataset.insertRaw(`{"OptyNumber":"R-4","Name":"No id",${old}}`, place);
    await sync('FULL', parts());
    const [before] = await kept();
    crm().dataset.update(place, { Name: 'Still no id' }, untouched);
    await sync('INCREMENTAL', parts());
    const rows = await kept();
    expect(rows).toHaveLength(1);
    expect(rows[0]!.fingerprint).not.toBe(before!.fingerprint);
    expect(rows[0]!.payload).toContain('Still no id');
    crm().dataset.update(place, { OptyId: place }, untouched);
    expect((await sync('INCREMENTAL', parts())).log).toMatchObject({ new_records: 1 });
    expect(await kept()).toMatchObject([{ resolution: 'REPLAYED' }]);
    crm().dataset.remove(place);
  });

  it('without a usable id leaves by the page that brings it well, and is read once', async () => {
    const ids = Array.from({ length: 3 }, (_, at) => 160000000000001n + BigInt(at));
    for (const id of ids)
      crm().dataset.insertRaw(`{"OptyId":"${id}x","OptyNumber":"E-${id}","Name":"E",${old}}`, id);
    const doubtful = 160000000000009n;
    crm().dataset.insertRaw(`{"OptyNumber":"E-9","Name":"No id",${old}}`, doubtful);
    const first = await sync('FULL', parts());
    expect(first.log).toMatchObject({ failed_records: 4 });
    for (const id of ids) crm().dataset.update(id, { OptyId: id }, untouched);
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ new_records: 3, failed_records: 1 });
    expect(log.total_fetched).toBe(crm().dataset.all().length);
    const rows = await kept();
    expect(rows.map(({ resolution }) => resolution)).toEqual([
      ...Array<string>(3).fill('REPLAYED'),
      null,
    ]);
    expect(rows.map(({ times_tried }) => times_tried)).toEqual([0, 0, 0, 0]);
    expect(String(rows[0]!.resolved_reason)).toContain(`run ${runId} applied it`);
    for (const id of [...ids, doubtful]) crm().dataset.remove(id);
  });

  it('is not settled by another of the same number that came beside it', async () => {
    const [id, twin] = [160000000000011n, 160000000000012n];
    crm().dataset.insertRaw(`{"OptyNumber":"T-1","Name":"No id",${old}}`, id);
    await sync('FULL', parts());
    crm().dataset.insertRaw(`{"OptyId":${twin},"OptyNumber":"T-1","Name":"Twin",${old}}`);
    for (let runs = 0; runs < 2; runs++) {
      expect((await sync('FULL', parts())).log).toMatchObject({ failed_records: 1 });
      expect((await kept()).filter(({ resolved_at }) => resolved_at === null)).toHaveLength(1);
    }
    for (const each of [id, twin]) crm().dataset.remove(each);
  });

  it('that is asked for and changes nothing is not counted as read', async () => {
    const id = crm().dataset.insert({ OptyNumber: 'U-1', LastUpdateDate: '2020-01-01T00:00:00Z' });
    const { log } = await sync('FULL', parts());
    await pool.query(
      `INSERT INTO sync_quarantine (sync_log_id, last_sync_log_id, remote_id, cause, field, message,
         payload, fingerprint)
       VALUES ($1, $1, $2, 'not-a-number', 'Revenue', 'Bad.', '{}', 'OptyId ' || $2)`,
      [log.id, String(id)],
    );
    const asked = await sync('INCREMENTAL', parts());
    expect(await kept()).toMatchObject([{ resolution: 'REPLAYED', times_tried: 1 }]);
    const plain = await sync('INCREMENTAL', parts());
    expect(asked.log.total_fetched).toBe(plain.log.total_fetched);
    expect(asked.log.unchanged_records).toBe(plain.log.unchanged_records);
    crm().dataset.remove(id);
  });

  it('waits for the next run where the CRM fails at it, which fails nothing', async () => {
    await refused(150000000000005n, '"OptyNumber":"R-5","Revenue":"lots"');
    crm().faults.add({ kind: 'status', status: 503, match: { path: '/opportunities/R-5' } });
    const { log } = await sync('INCREMENTAL', parts());
    crm().faults.clear();
    expect(log).toMatchObject({ status: 'SUCCESS', failed_records: 0 });
    expect(await kept()).toMatchObject([{ times_tried: 1, resolved_at: null }]);
    crm().dataset.remove(150000000000005n);
  });
});
