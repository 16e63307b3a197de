import { beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { claimRun, startRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';
import { WorkerStopping } from '#jobs/sync/run.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 60, pageCap: 50 });
const notes: string[] = [];
const parts = (frameworkVersion = 4, changes: Partial<SyncParts> = {}) =>
  partsFor(configFor(crm(), { frameworkVersion }), {
    onNote: (note) => notes.push(note),
    ...changes,
  });

/** Opportunities of the tests' own, so that none meets what another did. */
let serial = 0;
async function known(...numbers: (string | null)[]): Promise<bigint[]> {
  const ids = numbers.map((OptyNumber) =>
    crm().dataset.insert({
      OptyNumber: OptyNumber === '' ? `KNOWN-${serial++}` : OptyNumber,
      Name: `Known ${serial++}`,
      StatusCode: 'OPEN',
      // Behind every watermark, so that no delta brings it by itself.
      LastUpdateDate: '2020-01-01T00:00:00Z',
    }),
  );
  await sync('FULL', parts());
  return ids;
}

/** Lets the day pass that lies between not being found and not being found again. */
const hoursLater = (hours: number) =>
  pool.query(
    `UPDATE missing_opportunities SET checked_at = checked_at - make_interval(hours => $1),
       first_not_found_at = first_not_found_at - make_interval(hours => $1)`,
    [hours],
  );
const missing = async () => {
  const { rows } = await pool.query<{ remote_id: string; found: boolean; checked: boolean }>(
    `SELECT o.remote_id, m.first_not_found_at IS NULL AS found, m.checked_at IS NOT NULL AS checked
     FROM missing_opportunities m JOIN opportunities o ON o.id = m.opportunity_id ORDER BY 1`,
  );
  return rows;
};
const one = async (id: bigint) => (await copied()).get(String(id))!;
const changesOf = async (id: bigint) => {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT c.kind FROM opportunity_changes c JOIN opportunities o ON o.id = c.opportunity_id
     WHERE o.remote_id = $1 AND c.kind <> 'UPDATED' ORDER BY c.id`,
    [id],
  );
  return rows.map(({ kind }) => kind);
};

beforeAll(() => sync('FULL', parts()));
beforeEach(() => void notes.splice(0));
afterEach(() => crm().faults.clear());

describe('an opportunity that a sweep did not see', () => {
  it('is asked for by its own key at once, and gone only when not found again a day later', async () => {
    const [id] = await known('');
    crm().dataset.remove(id!);
    const first = await sync('FULL', parts());
    expect(first.log).toMatchObject({ status: 'SUCCESS', removed_records: 0 });
    expect(await missing()).toEqual([{ remote_id: String(id), found: false, checked: true }]);
    // Two sweeps within a day.
    await hoursLater(23);
    expect((await sync('FULL', parts())).log).toMatchObject({ removed_records: 0 });
    expect((await one(id!)).gone_since).toBeNull();
    await hoursLater(1);
    const { log, runId } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 1 });
    expect(await one(id!)).toMatchObject({
      gone_since: expect.any(Date) as Date,
      last_sync_log_id: runId,
    });
    expect(await missing()).toEqual([]);
    expect(await changesOf(id!)).toEqual(['GONE']);
  });

  it.each([1, 4, 9])(
    'is found by its number, or by its id without one, in framework version %i',
    async (version) => {
      const tag = `${version}-${serial++}`;
      const odd = [`A/${tag}`, `50% ${tag}`, `ü+&?#${tag}`, `..${tag}`, null];
      const ids = await known(...odd);
      for (const id of ids) crm().dataset.hide(id);
      const away = await sync('FULL', parts(version));
      expect(away.log).toMatchObject({ status: 'SUCCESS', removed_records: 0 });
      expect((await missing()).filter(({ found }) => !found)).toHaveLength(odd.length);
      for (const id of ids) crm().dataset.show(id);
      await hoursLater(25);
      const { log } = await sync('INCREMENTAL', parts(version));
      expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 0, failed_records: 0 });
      const before = await sync('INCREMENTAL', parts(version));
      // What was asked for is counted with what the pages brought.
      expect(log.total_fetched).toBe((before.log.total_fetched as number) + odd.length);
      expect(await missing()).toEqual([]);
      for (const id of ids) expect((await one(id)).gone_since).toBeNull();
    },
  );

  it('was only not listed: what it says now is taken over and counted', async () => {
    const [id] = await known('');
    crm().dataset.hide(id!);
    const run = await startRun(pool, { syncType: 'FULL', trigger: 'COMMAND' });
    const usual = parts();
    const client = {
      ...usual.client,
      record: (...query: Parameters<typeof usual.client.record>) => {
        crm().dataset.show(id!);
        crm().dataset.update(id!, { Name: 'Said by itself' });
        return usual.client.record(...query);
      },
    };
    await runSync({ ...usual, client }, run!);
    const { rows } = await pool.query('SELECT * FROM sync_logs WHERE id = $1', [run!.id]);
    expect(rows[0]).toMatchObject({ status: 'SUCCESS', updated_records: 1 });
    expect(await one(id!)).toMatchObject({ name: 'Said by itself', gone_since: null });
    expect(await missing()).toEqual([]);
    expect((await pool.query('SELECT FROM sync_missing')).rowCount).toBe(0);
  });

  it('whose number another carries by now is not found', async () => {
    const [id] = await known(`TWICE-${serial}`);
    const number = (await one(id!)).remote_number;
    crm().dataset.remove(id!);
    crm().dataset.insert({ OptyNumber: number, Name: 'Another' });
    await sync('FULL', parts());
    await hoursLater(24);
    expect((await sync('FULL', parts())).log).toMatchObject({ removed_records: 1 });
    expect((await one(id!)).gone_since).not.toBeNull();
  });

  it('that any page brings again is missing no longer', async () => {
    const [id, other] = await known('', '');
    for (const hidden of [id!, other!]) crm().dataset.hide(hidden);
    await sync('FULL', parts());
    for (const shown of [id!, other!]) crm().dataset.show(shown);
    crm().dataset.update(id!, { Name: 'Back' });
    await sync('INCREMENTAL', parts());
    expect((await missing()).map(({ remote_id }) => remote_id)).toEqual([String(other)]);
    await sync('FULL', parts());
    expect(await missing()).toEqual([]);
    expect(await changesOf(id!)).toEqual([]);
  });

  it('that comes in a state no mapping can take is there, in quarantine', async () => {
    const [id] = await known('');
    crm().dataset.hide(id!);
    await sync('FULL', parts());
    crm().dataset.show(id!);
    crm().dataset.update(id!, { WinProb: 'high', LastUpdateDate: '2020-01-01T00:00:00Z' });
    await hoursLater(25);
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'PARTIAL', failed_records: 1, removed_records: 0 });
    expect(await missing()).toEqual([]);
    crm().dataset.update(id!, { WinProb: 50 });
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
  });

  it('and is gone comes back with all it had', async () => {
    const [id] = await known('');
    await pool.query(
      `UPDATE opportunities SET workflow_status = 'GO', sa_notes = 'Ours', management_decision = 'GO',
         practice_head_recommendation = 'GO' WHERE remote_id = $1`,
      [id],
    );
    await pool.query(
      `INSERT INTO decisions (opportunity_id, verdict, reason, decided_by_name)
       SELECT id, 'GO', 'Because', 'Mona Manager' FROM opportunities WHERE remote_id = $1`,
      [id],
    );
    const facts = (row: Record<string, unknown>) => {
      const { last_sync_log_id: _run, last_synced_at: _at, xmin: _x, ctid: _c, ...rest } = row;
      return rest;
    };
    const before = facts(await one(id!));
    crm().dataset.hide(id!);
    await sync('FULL', parts());
    await hoursLater(24);
    await sync('FULL', parts());
    expect((await one(id!)).gone_since).not.toBeNull();
    crm().dataset.show(id!);
    expect((await sync('FULL', parts())).log).toMatchObject({ reappeared_records: 1 });
    expect(facts(await one(id!))).toEqual(before);
    expect(await changesOf(id!)).toEqual(['GONE', 'REAPPEARED']);
    const { rows } = await pool.query(
      `SELECT d.verdict FROM decisions d JOIN opportunities o ON o.id = d.opportunity_id WHERE o.remote_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ verdict: 'GO' }]);
  });
});

describe('asking for it', () => {
  it('goes by the id where a number leads nowhere, as behind a proxy that takes no slash', async () => {
    const [listed, hidden] = await known('PROXY/1', '');
    crm().faults.add({ kind: 'status', status: 404, match: { path: '/opportunities/' } });
    const usual = parts();
    const unlisted = async (...query: Parameters<typeof usual.client.page>) => {
      const page = await usual.client.page(...query);
      const records = page.records.filter(({ text }) => !text.includes('PROXY/1'));
      return { ...page, records };
    };
    crm().dataset.hide(hidden!);
    await sync('FULL', { ...usual, client: { ...usual.client, page: unlisted } });
    expect(await missing()).toEqual([{ remote_id: String(hidden), found: false, checked: true }]);
    await hoursLater(25);
    expect((await sync('INCREMENTAL', parts())).log).toMatchObject({ removed_records: 1 });
    expect((await one(listed!)).gone_since).toBeNull();
    expect((await one(hidden!)).gone_since).not.toBeNull();
  });

  it.each([401, 429])('waits for the next run where the CRM answers %i', async (status) => {
    const [id] = await known('');
    crm().dataset.remove(id!);
    crm().faults.add({ kind: 'status', status, match: { path: '/opportunities/' } });
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', removed_records: 0 });
    expect(log.watermark_to).not.toBeNull();
    expect((await missing()).at(-1)).toMatchObject({ found: true, checked: false });
    expect(notes).toEqual([expect.stringContaining('left for the next run')]);
    crm().faults.clear();
    await sync('INCREMENTAL', parts());
    await hoursLater(24);
    expect((await sync('INCREMENTAL', parts())).log).toMatchObject({ removed_records: 1 });
  });

  it.each([400, 403, 500])(
    'passes over the one that is answered with %i, and asks for the rest',
    async (status) => {
      const [stuck, gone] = await known('', '');
      for (const id of [stuck!, gone!]) crm().dataset.remove(id);
      const number = (await one(stuck!)).remote_number as string;
      crm().faults.add({ kind: 'status', status, match: { path: number } });
      expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
      expect(await missing()).toEqual([
        { remote_id: String(stuck), found: true, checked: true },
        { remote_id: String(gone), found: false, checked: true },
      ]);
      expect(notes).toEqual([expect.stringContaining('could not be asked for by itself')]);
      crm().faults.clear();
      for (const _day of [1, 2]) {
        await hoursLater(25);
        await sync('INCREMENTAL', parts());
      }
      expect(await missing()).toEqual([]);
    },
  );

  it('costs no request while nothing is missing and nothing in quarantine', async () => {
    await sync('FULL', parts());
    const usual = parts();
    let asked = 0;
    const record = (...query: Parameters<typeof usual.client.record>) => {
      asked++;
      return usual.client.record(...query);
    };
    const client = { ...usual.client, record };
    await sync('INCREMENTAL', { ...usual, client });
    await sync('FULL', { ...usual, client });
    expect(asked).toBe(0);
  });

  it.each(['settled', 'asked for one'])(
    'goes on, with the whole list, where the run is left after it has %s',
    async (moment) => {
      const ids = await known('', '', '');
      for (const id of ids) crm().dataset.remove(id);
      const stopping = new AbortController();
      const usual = parts(4, { signal: stopping.signal });
      let asked = 0;
      const client = {
        ...usual.client,
        record: (...query: Parameters<typeof usual.client.record>) => {
          if (++asked === (moment === 'settled' ? 1 : 2))
            stopping.abort(new WorkerStopping('The worker is stopping.'));
          return usual.client.record(...query);
        },
      };
      const run = await startRun(pool, { syncType: 'FULL', trigger: 'COMMAND' });
      expect(await runSync({ ...usual, client }, run!)).toMatchObject({ status: 'RELEASED' });
      const again = await claimRun(pool);
      expect(again?.id).toBe(run!.id);
      expect(await runSync(parts(), again!)).toMatchObject({ status: 'SUCCESS' });
      expect(await missing()).toEqual(
        ids.map((id) => ({ remote_id: String(id), found: false, checked: true })),
      );
      expect((await pool.query('SELECT FROM sync_missing')).rowCount).toBe(0);
      await hoursLater(24);
      expect((await sync('FULL', parts())).log).toMatchObject({ removed_records: 3 });
    },
  );
});
