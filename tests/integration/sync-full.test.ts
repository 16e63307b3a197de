import { describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { readRecord } from '#dev/crm/record.ts';
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
      const sent = readRecord(text);
      sent.Revenue = /"Revenue":([^,}]+)/.exec(text)![1]!;
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

function columnsOf(row: Record<string, unknown>) {
  const { remote_number, name, customer, practice, geo, deal_value, currency, win_probability } =
    row;
  const { sales_owner, sales_owner_email, stage, crm_status, close_date } = row;
  const stamps = { created: row.crm_created_at, updated: row.crm_updated_at };
  const facts = {
    remote_number,
    name,
    customer,
    practice,
    geo,
    deal_value,
    currency,
    win_probability,
  };
  return { ...facts, sales_owner, sales_owner_email, stage, crm_status, close_date, ...stamps };
}

function expectedOf(sent: Record<string, unknown>) {
  const text = (name: string) =>
    typeof sent[name] === 'string' && sent[name].trim() !== '' ? sent[name] : null;
  const instant = (...names: string[]) => {
    const times = names
      .filter((name) => sent[name])
      .map((name) => new Date(sent[name] as string).getTime());
    return times.length > 0 ? new Date(Math.max(...times)) : null;
  };
  return {
    remote_number: text('OptyNumber'),
    name: text('Name'),
    customer: text('TargetPartyName'),
    practice: text('Practice_c'),
    geo: text('GEO_c'),
    deal_value: sent.Revenue === 'null' ? null : sent.Revenue,
    currency: text('CurrencyCode'),
    win_probability: sent.WinProb,
    sales_owner: text('PartyName1'),
    sales_owner_email: text('EmailAddress')?.toLowerCase().trim() ?? null,
    stage: text('SalesStage'),
    crm_status: text('StatusCode'),
    close_date: sent.EffectiveDate,
    created: instant('CreationDate'),
    updated: instant('LastUpdateDate', 'OptyLastUpdateDate'),
  };
}
