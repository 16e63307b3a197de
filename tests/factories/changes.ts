import type pg from 'pg';

/**
 * A run that changed every second opportunity in every way there is: each field, gone, back, closed and
 * opened again in the CRM. The same changes at every call. Returns its id.
 */
export async function fillChanges(client: pg.Pool | pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO sync_logs (sync_type, status, trigger, completed_at, duration_seconds)
     VALUES ('FULL', 'SUCCESS', 'SCHEDULE', now(), 61) RETURNING id::text`,
  );
  const runId = rows[0]!.id;
  await client.query(
    `INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind, field, before, after)
     SELECT o.id, $1, 'UPDATED', f.field, f.before, f.after
     FROM opportunities o, LATERAL (VALUES
       ('crm_updated_at', 1, '2026-11-01T08:00:00.000000Z', '2026-11-20T09:30:00.000000Z'),
       ('name', 11, 'Before', 'After'),
       ('practice', 13, 'Practice 1', 'Practice 2'),
       ('sales_owner', 17, 'Seller 1', 'Seller 2'),
       ('win_probability', 9, '40', '60'),
       ('deal_value', 10, '1000.50', '2500'),
       ('currency', 19, 'EUR', 'USD'),
       ('close_date', 12, '2026-12-01', '2027-03-31'),
       ('stage', 14, '02 - Stage', '03 - Stage'),
       ('crm_created_at', 31, NULL, '2026-01-01T00:00:00.000000Z'),
       ('crm_status', 15, 'OPEN', 'WON'),
       ('crm_status', 16, 'LOST', 'OPEN'),
       ('geo', 21, NULL, 'GEO 1')
     ) AS f (field, every, before, after)
     WHERE o.id % 2 = 0 AND (o.id / 2) % f.every = 0
       AND NOT (f.before = 'LOST' AND (o.id / 2) % 15 = 0) AND o.id % 26 <> 0`,
    [runId],
  );
  await client.query(
    `INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind)
     SELECT id, $1, CASE WHEN id % 4 = 0 THEN 'GONE' ELSE 'REAPPEARED' END::change_kind
     FROM opportunities WHERE id % 26 = 0 OR id % 46 = 0`,
    [runId],
  );
  await client.query('ANALYZE opportunity_changes');
  return runId;
}
