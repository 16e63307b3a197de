import { afterEach, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import type { Fault } from '#dev/crm/server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 120, pageCap: 50 });
const parts = () => partsFor(configFor(crm(), { timeoutMs: 300 }));
const without = (attribute: string, match?: Fault['match']): Fault => ({
  kind: 'missing-attribute',
  attribute,
  ...(match && { match }),
});

afterEach(() => crm().faults.clear());

async function changes() {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT sync_log_id::text AS run, kind, name, before, after FROM crm_attribute_changes ORDER BY id',
  );
  return rows;
}

/** The columns of a copy, without what tells only that a row was written. */
function contents(rows: Awaited<ReturnType<typeof copied>>) {
  const plain = [...rows].map(([id, row]) => {
    const { xmin: _x, ctid: _c, raw: _r, content_hash: _h, last_sync_log_id: _l, ...rest } = row;
    return [id, { ...rest, last_synced_at: null }] as const;
  });
  return new Map(plain.sort());
}

async function statusOf(runId: string) {
  const { rows } = await pool.query('SELECT status FROM sync_logs WHERE id = $1', [runId]);
  return (rows[0] as { status: string }).status;
}

/** Changes a few records in the CRM, without any of their fields being missed. */
function touch(count: number): bigint[] {
  const ids = crm()
    .dataset.all()
    .slice(0, count)
    .map((sent) => sent.OptyId as bigint);
  for (const id of ids) crm().dataset.update(id, { Name: `touched ${Math.random()}` });
  return ids;
}

let held = '';

describe('the description of the CRM', () => {
  it('is taken as the baseline at the first sweep', async () => {
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', new_records: 120 });
    expect(await changes()).toEqual([]);
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM crm_attributes');
    const read = await pool.query('SELECT * FROM crm_descriptions');
    expect(read.rows).toMatchObject([
      { sync_log_id: runId, attributes: (rows[0] as { count: number }).count, problem: null },
    ]);
  });

  it('lists what is new and retyped, and the sync goes on', async () => {
    crm().faults.add({ kind: 'new-attribute', attribute: 'Risk_c' });
    crm().faults.add({ kind: 'retyped-attribute', attribute: 'WinProb' });
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', unchanged_records: 120 });
    expect(await changes()).toEqual([
      { run: runId, kind: 'RETYPED', name: 'WinProb', before: 'integer', after: 'boolean' },
      { run: runId, kind: 'NEW', name: 'Risk_c', before: null, after: 'string' },
    ]);
    crm().faults.clear();
    await sync('FULL', parts());
    expect((await changes()).slice(2)).toMatchObject([
      { kind: 'VANISHED', name: 'Risk_c' },
      { kind: 'RETYPED', name: 'WinProb', before: 'boolean', after: 'integer' },
    ]);
  });

  it.each<[string, Fault]>([
    ['404', { kind: 'status', status: 404, body: 'none' }],
    ['500', { kind: 'status', status: 500 }],
    ['403', { kind: 'status', status: 403 }],
    ['401', { kind: 'unauthorized' }],
    ['a web page', { kind: 'html' }],
    ['half of it', { kind: 'truncated' }],
    ['a hang', { kind: 'hang' }],
  ])('that answers %s does not stop a sweep, which says so', async (_name, fault) => {
    crm().faults.add({ ...fault, match: { path: '/describe' } });
    const before = await changes();
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', unchanged_records: 120 });
    expect(await changes()).toEqual(before);
    const { rows } = await pool.query('SELECT * FROM crm_descriptions WHERE sync_log_id = $1', [
      runId,
    ]);
    expect(rows).toMatchObject([{ attributes: null, problem: expect.stringMatching(/^The CRM/) }]);
  });
});

describe('a mapped field that vanishes', () => {
  it('holds the sweep before anything is read or overwritten', async () => {
    const before = await copied();
    crm().faults.add(without('Revenue'));
    const asked = crm().requests;
    const { log, runId, outcome } = await sync('FULL', parts());
    expect(crm().requests - asked).toBe(1);
    expect(log).toMatchObject({
      status: 'HELD',
      held_cause: 'FIELD_VANISHED',
      total_fetched: 0,
      watermark_to: null,
    });
    expect(outcome.message).toMatch(/no longer lists Revenue \(amount, which feeds totals/);
    expect(await copied()).toEqual(before);
    expect((await changes()).at(-1)).toMatchObject({
      run: runId,
      kind: 'VANISHED',
      name: 'Revenue',
    });
    held = runId;
  });

  it('holds each sweep after it until it is back, the newest one alone', async () => {
    crm().faults.add(without('Revenue'));
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'HELD', held_cause: 'FIELD_VANISHED' });
    expect((await changes()).filter(({ kind }) => kind === 'VANISHED')).toHaveLength(2);
    expect(await statusOf(held)).toBe('CANCELLED');
    held = runId;
  });

  it('holds an incremental sync too, at its first page', async () => {
    crm().faults.add(without('Revenue'));
    const [id] = touch(1);
    const before = await copied();
    const { log, runId } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'HELD', watermark_to: null });
    expect((await copied()).get(String(id))).toEqual(before.get(String(id)));
    held = runId;
  });

  it('lets the sync run by itself once it is back, and what changed meanwhile comes in', async () => {
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', updated_records: 1 });
    expect((await changes()).at(-1)).toMatchObject({ kind: 'RETURNED', name: 'Revenue' });
    expect(await statusOf(held)).toBe('CANCELLED');
  });

  it('between two sweeps is met by the pages of a delta', async () => {
    touch(8);
    const before = await copied();
    crm().faults.add(without('StatusCode'));
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'HELD', held_cause: 'FIELD_VANISHED', updated_records: 0 });
    expect(log.error_message).toMatch(/StatusCode \(CRM status, which feeds the closing/);
    expect(await copied()).toEqual(before);
    crm().faults.clear();
    const after = await sync('FULL', parts());
    expect(after.log).toMatchObject({ status: 'SUCCESS', updated_records: 8 });
  });

  it('with another source left holds nothing', async () => {
    crm().faults.add(without('OptyLastUpdateDate'));
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
    crm().faults.clear();
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
  });

  it('and that a person answered for is let through', async () => {
    const before = contents(await copied());
    crm().faults.add(without('Practice_c'));
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'HELD' });
    await pool.query(
      `INSERT INTO mapping_rules (field, cause, treatment, reason, created_by_name)
       VALUES ('Practice_c', 'vanished', 'LEAVE_EMPTY', 'They gave it up.', 'Mona Manager')`,
    );
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
    const after = contents(await copied());
    for (const [id, row] of after) {
      expect({ ...row, practice: null }).toEqual({ ...before.get(id), practice: null });
    }
    await pool.query('DELETE FROM mapping_rules');
    crm().faults.clear();
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
    expect(contents(await copied())).toEqual(before);
  });
});

describe('a field absent from records', () => {
  it('that is still described is kept as we have it', async () => {
    const before = contents(await copied());
    crm().faults.add(without('Revenue', { path: '/opportunities?' }));
    crm().faults.add(without('EffectiveDate', { path: '/opportunities?' }));
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 120, failed_records: 0 });
    expect(contents(await copied())).toEqual(before);
    const raw = await pool.query(`SELECT FROM opportunities WHERE raw ? 'Revenue'`);
    expect(raw.rowCount).toBe(0);
    const history = await pool.query(
      `SELECT FROM opportunity_changes WHERE field IN ('deal_value', 'close_date')`,
    );
    expect(history.rowCount).toBe(0);
  });

  it('is not null: null is taken at its word', async () => {
    const sent = crm()
      .dataset.all()
      .find((one) => one.Revenue !== null)!;
    crm().dataset.update(sent.OptyId as bigint, { Revenue: null });
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS' });
    expect((await copied()).get(String(sent.OptyId))).toMatchObject({ deal_value: null });
  });

  it('of a new opportunity is not set', async () => {
    crm().dataset.insertRaw(
      '{"OptyId":300000900000077,"OptyNumber":"N1","LastUpdateDate":"2026-01-01T00:00:00Z"}',
    );
    expect((await sync('FULL', parts())).log).toMatchObject({ status: 'SUCCESS', new_records: 1 });
    expect((await copied()).get('300000900000077')).toMatchObject({ name: null, deal_value: null });
  });
});

describe('a tenant that never had a field', () => {
  it('is no drift', async () => {
    const config = configFor(crm(), {
      fields: { practice: 'Unit_c', geo: 'GEO_c', region: null, sector: null },
    });
    const { log } = await sync('FULL', partsFor(config));
    expect(log).toMatchObject({ status: 'SUCCESS' });
  });
});
