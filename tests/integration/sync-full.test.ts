import { describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { readRecord } from '#dev/crm/record.ts';
import { columnsOf, expectedOf, sentAs } from './crm-facts.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 3000, pageCap: 200 });

describe('a full sync', () => {
  it('copies every opportunity, identifiers and amounts to the digit, and null as null', async () => {
    const { log } = await sync('FULL', partsFor(configFor(crm())));
    const total = crm().dataset.size;
    expect(log).toMatchObject({
      status: 'SUCCESS',
      total_fetched: total,
      new_records: total,
      failed_records: 0,
    });
    const rows = await copied();
    expect(rows.size).toBe(total);
    for (const text of crm().dataset.texts()) {
      const sent = sentAs(text, readRecord(text));
      const row = rows.get(String(sent.OptyId))!;
      expect({ of: sent.OptyId, ...columnsOf(row) }).toEqual({
        of: sent.OptyId,
        ...expectedOf(sent),
      });
    }
  });

  it('keeps the record whole, with every digit of its numbers', async () => {
    const { rows } = await pool.query<{ same: boolean }>(
      `SELECT bool_and(o.raw = s.raw::jsonb) AS same FROM opportunities o
       JOIN unnest($1::text[]) AS s (raw) ON o.remote_id = (s.raw::jsonb->>'OptyId')::bigint`,
      [crm().dataset.texts()],
    );
    expect(rows[0]!.same).toBe(true);
    const beyond = [...(await copied()).keys()].filter((id) => BigInt(id) > 2n ** 53n);
    expect(beyond.length).toBeGreaterThan(0);
  });

  it('starts a deal the CRM has closed as closed, with nothing to audit', async () => {
    const { rows } = await pool.query(
      `SELECT workflow_status, status_before_close, count(*)::int FROM opportunities
       WHERE crm_status IN ('WON', 'LOST', 'NO_SALE') GROUP BY 1, 2`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ workflow_status: 'CLOSED_IN_CRM', status_before_close: 'NEW' });
    expect((await pool.query('SELECT FROM audit_events')).rowCount).toBe(0);
  });

  it('writes no opportunity row when nothing has changed', async () => {
    const before = await copied();
    const { log } = await sync('FULL', partsFor(configFor(crm())));
    expect(log).toMatchObject({
      status: 'SUCCESS',
      unchanged_records: before.size,
      new_records: 0,
      updated_records: 0,
    });
    expect(await copied()).toEqual(before);
    expect((await pool.query('SELECT FROM opportunity_changes')).rowCount).toBe(0);
  });

  it.each([1, 2, 9])('reads the same from framework version %i', async (frameworkVersion) => {
    const before = await copied();
    const { log } = await sync('FULL', partsFor(configFor(crm(), { frameworkVersion })));
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: before.size, failed_records: 0 });
    const strip = (rows: typeof before) =>
      new Map([...rows].sort().map(([id, row]) => [id, columnsOf(row)]));
    expect(strip(await copied())).toEqual(strip(before));
  });
});
