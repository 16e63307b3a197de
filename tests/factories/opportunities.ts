import type pg from 'pg';

export interface Filling {
  rows: number;
  /** Width of the CRM's record, in bytes. */
  rawBytes?: number;
  /** How many are submitted, all others being new or closed; without it one in five is at work. */
  submitted?: number;
}

/**
 * Fills `opportunities` with rows that differ in every way the lists know: ties, nulls in every
 * column, several currencies, ids beyond 2^53, a few rows gone. The same rows at every call.
 */
export async function fillOpportunities(client: pg.Pool | pg.Client, filling: Filling) {
  await client.query(
    `INSERT INTO opportunities (
       remote_id, remote_number, name, customer, practice, geo, region, sector, deal_value, currency,
       win_probability, sales_owner, sales_owner_email, stage, crm_status, close_date, crm_created_at,
       crm_updated_at, raw, content_hash, gone_since, workflow_status, status_before_close)
     SELECT 9007199254740000 + i * 7, 'OPP-' || i,
       CASE WHEN i % 29 <> 0 THEN
         (ARRAY['Renewal', 'Migration', 'Rollout', 'Audit', 'Upgrade'])[1 + h % 5] || ' of '
         || (ARRAY['payroll', 'billing', 'network', 'storage', 'service desk', '100% cover'])[1 + h / 5 % 6]
         || CASE WHEN i % 3 = 0 THEN '' ELSE ' ' || i END END,
       CASE WHEN i % 31 <> 0 THEN 'Account ' || h % 997 END,
       CASE WHEN i % 11 <> 0 THEN 'Practice ' || h / 7 % 10 END,
       CASE WHEN i % 13 <> 0 THEN 'GEO ' || h / 11 % 6 END,
       CASE WHEN i % 5 <> 0 THEN 'Region ' || h % 20 END, NULL,
       CASE WHEN i % 17 <> 0 THEN (h % 500) * 1000 + CASE WHEN i % 2 = 0 THEN 0.10 ELSE 0 END END,
       CASE WHEN i % 19 <> 0 THEN 
         CASE WHEN h % 3 = 1 THEN 'USD' ELSE (ARRAY['EUR', 'USD', 'GBP', 'AED', 'SAR', 'INR'])[1 + h / 11 % 6] END
       END,
       CASE WHEN i % 23 <> 0 THEN h % 101 END,
       'Seller ' || h % 200, 'Seller' || h % 200 || '@example.test',
       CASE WHEN i % 37 <> 0 THEN
         CASE WHEN closed THEN '07 - Closed' ELSE '0' || 1 + h / 13 % 6 || ' - Stage' END END,
       CASE WHEN i % 41 <> 0 THEN
         CASE WHEN closed THEN (ARRAY['WON', 'LOST', 'NO_SALE'])[1 + h % 3] ELSE 'OPEN' END END,
       CASE WHEN i % 7 <> 0 THEN date '2026-01-01' + h % 700 END,
       timestamptz '2024-01-01' + i * interval '1 minute',
       CASE WHEN i % 43 <> 0 THEN timestamptz '2026-01-01' + (h % 40000) * interval '1 millisecond' END,
       jsonb_build_object('OptyId', 9007199254740000 + i * 7, 'Text',
         (SELECT string_agg(md5(i::text || part), '') FROM generate_series(1, $2 / 32) part)),
       decode(md5(i::text), 'hex'), CASE WHEN i % 47 = 0 THEN now() END,
       CASE WHEN closed AND i % 41 <> 0 THEN 'CLOSED_IN_CRM'
         ELSE (ARRAY['NEW', 'NEW', 'NEW', 'NEW', 'NEW', 'NEW', 'NEW', 'ASSIGNED', 'SUBMITTED', 'GO'])[1 + h / 3 % 10] END::workflow_status,
       CASE WHEN closed AND i % 41 <> 0 THEN 'NEW' END::workflow_status
     FROM generate_series(1, $1::int) i,
       LATERAL (SELECT abs(hashint4(i)) AS h) hashed, LATERAL (SELECT h % 3 = 0 AS closed) states`,
    [filling.rows, filling.rawBytes ?? 64],
  );
  if (filling.submitted !== undefined)
    await client.query(
      `UPDATE opportunities SET workflow_status = 'NEW'
       WHERE workflow_status NOT IN ('NEW', 'CLOSED_IN_CRM') AND id NOT IN (
         SELECT id FROM opportunities WHERE workflow_status = 'SUBMITTED' ORDER BY id LIMIT $1)`,
      [filling.submitted],
    );
  await client.query('ANALYZE opportunities');
}
