import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { fillOpportunities } from '#tests/factories/opportunities.ts';

const kind = `practice, geo, stage, crm_status, workflow_status, currency`;

beforeAll(() => fillOpportunities(pool, { rows: 600 }));

async function expectTalliesToAgree() {
  const { rows } = await pool.query(
    `SELECT ${kind}, gone, sum(rows) AS rows, sum(priced) AS priced, sum(amount) AS amount,
       sum(likely) AS likely, sum(weighted) AS weighted FROM (
       SELECT ${kind}, gone, rows, priced, amount, likely, weighted FROM opportunity_tallies
       UNION ALL
       SELECT ${kind}, gone_since IS NOT NULL, -1, -(deal_value IS NOT NULL)::int, -coalesce(deal_value, 0),
         -(deal_value * win_probability IS NOT NULL)::int, -coalesce(deal_value * win_probability, 0)
       FROM opportunities) both_sides
     GROUP BY ${kind}, gone HAVING sum(rows) <> 0 OR sum(priced) <> 0 OR sum(amount) <> 0
       OR sum(likely) <> 0 OR sum(weighted) <> 0`,
  );
  expect(rows).toEqual([]);
  const { rows: sums } = await pool.query<{ rows: number }>(
    'SELECT sum(rows)::int AS rows FROM opportunity_tallies',
  );
  const { rows: counted } = await pool.query('SELECT count(*)::int AS rows FROM opportunities');
  expect(sums).toEqual(counted);
}

/** Changes a few random rows in one transaction, in random order, and may take it back. */
async function changeSomething(at: number) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [column, value] of [
      ['geo', `'GEO ${at % 6}'`],
      ['deal_value', at % 5 ? `deal_value + ${at}.05` : 'NULL'],
      ['win_probability', at % 7 ? `(coalesce(win_probability, 0) + ${at}) % 101` : 'NULL'],
      ['gone_since', at % 2 ? 'now()' : 'NULL'],
      ['workflow_status', `'GO', status_before_close = NULL`],
    ]) {
      await client.query(
        `UPDATE opportunities SET ${column} = ${value} WHERE id IN (
           SELECT id FROM opportunities WHERE id % 23 = $1 ORDER BY id FOR UPDATE SKIP LOCKED)`,
        [at % 23],
      );
    }
    await client.query(
      `INSERT INTO opportunities (remote_id, deal_value, geo, raw, content_hash)
       VALUES ($1, 10.5, 'GEO 1', '{}', '')`,
      [at],
    );
    if (at % 4 === 0) await client.query('DELETE FROM opportunities WHERE remote_id = $1', [at]);
    await client.query(at % 3 ? 'COMMIT' : 'ROLLBACK');
  } finally {
    client.release();
  }
}

describe('the tallies of the opportunities', () => {
  it('agree with the rows after many transactions at once, some of them taken back', async () => {
    await expectTalliesToAgree();
    await Promise.all(Array.from({ length: 80 }, (_, at) => changeSomething(at + 1)));
    await expectTalliesToAgree();
  });

  it('let nobody wait for another transaction', async () => {
    const [first, second] = [await pool.connect(), await pool.connect()];
    const same = `INSERT INTO opportunities (remote_id, geo, raw, content_hash) VALUES ($1, 'Same', '{}', '')`;
    await first.query('BEGIN');
    await first.query(same, [1001]);
    await second.query(`SET lock_timeout = '1s'`);
    await second.query(same, [1002]);
    await first.query('COMMIT');
    await first.query(same, [1003]);
    first.release();
    second.release(true);
    await expectTalliesToAgree();
  });

  it('are empty when the table is', async () => {
    await pool.query('TRUNCATE opportunities CASCADE');
    expect((await pool.query('SELECT 1 FROM opportunity_tallies')).rowCount).toBe(0);
  });
});
