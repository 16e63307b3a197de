import { expect } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { readRecord } from '#dev/crm/record.ts';
import type { CrmSimulator } from '#dev/crm/server.ts';
import { columnsOf, expectedOf, sentAs } from './crm-facts.ts';

type Row = Record<string, unknown> & { remote_id: string };

async function rowsOfCopy(): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT *, remote_id::text, deal_value::text, close_date::text FROM opportunities ORDER BY opportunities.remote_id`,
  );
  return rows;
}

/** Every opportunity of the CRM as each column of ours must have it. */
function source(crm: CrmSimulator): Map<string, ReturnType<typeof expectedOf>> {
  const { store } = crm.dataset;
  const texts = Array.from(store.order.subarray(0, store.slots))
    .filter((slot) => store.isVisible(slot))
    .map((slot) => store.text(slot));
  return new Map(
    texts.map((text) => {
      const record = readRecord(text);
      return [String(record.OptyId), expectedOf(sentAs(text, record))];
    }),
  );
}

/** The copy is the source: every row, every column, nothing gone. */
export async function expectCopy(crm: CrmSimulator, words: string): Promise<void> {
  const copy = (await rowsOfCopy()).map((row) => [row.remote_id, columnsOf(row)]);
  expect(Object.fromEntries(copy), words).toEqual(Object.fromEntries(source(crm)));
  const { rows } = await pool.query('SELECT id FROM opportunities WHERE gone_since IS NOT NULL');
  expect(rows, words).toEqual([]);
}

/** Every row is a record of the CRM as it is, or as it was in the round before; none is gone or new. */
export async function expectNothingInvented(crm: CrmSimulator, round: number): Promise<void> {
  const records = source(crm);
  const copy = await rowsOfCopy();
  expect(copy.map(({ remote_id }) => remote_id)).toEqual([...records.keys()]);
  for (const row of copy) {
    expect(row.gone_since).toBeNull();
    const now = records.get(row.remote_id)!;
    const own = columnsOf(row);
    const changed = { name: null, deal_value: null, updated: null };
    expect({ ...own, ...changed }).toEqual({ ...now, ...changed });
    if (own.name === now.name) expect(own).toEqual(now);
    else if (round > 1) {
      const was = /^Round (\d+)$/.exec(String(own.name))?.[1];
      expect(Number(was)).toBeLessThan(round);
      expect(own.deal_value).toBe(String(1000 + Number(was)));
    }
  }
}
