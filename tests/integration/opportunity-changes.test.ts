import { beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { listChanges } from '#app/models/opportunity-change.server.ts';
import { listRunChanges } from '#app/models/run-change.server.ts';

const ids: Record<'first' | 'second', string> = { first: '', second: '' };
const runs: string[] = [];

beforeAll(async () => {
  for (const name of ['first', 'second'] as const) {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO opportunities (remote_id, remote_number, name, raw, content_hash)
       VALUES ((SELECT count(*) + 1 FROM opportunities), $1, $1, '{}', '') RETURNING id::text`,
      [name],
    );
    ids[name] = rows[0]!.id;
  }
  // More than nine runs, so that they cannot be put in order as text.
  for (let run = 0; run < 11; run++) {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO sync_logs (sync_type, status, trigger) VALUES ('FULL', 'SUCCESS', 'SCHEDULE')
       RETURNING id::text`,
    );
    runs.push(rows[0]!.id);
  }
  await change('first', 0, 'UPDATED', 'stage', '01 - Start', '02 - Next');
  await change('first', 0, 'UPDATED', 'deal_value', null, '10.50');
  await change('first', 10, 'GONE');
  await change('second', 10, 'UPDATED', 'name', 'old', null);
});

function change(
  name: keyof typeof ids,
  run: number,
  kind: string,
  field: string | null = null,
  before: string | null = null,
  after: string | null = null,
) {
  return pool.query(
    `INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind, field, before, after)
     VALUES ($1, $2, $3::change_kind, $4, $5, $6)`,
    [ids[name], runs[run], kind, field, before, after],
  );
}

describe('the changes of opportunities', () => {
  it('of one opportunity come run by run, the newest first, with their fields in order', async () => {
    expect(await listChanges(db, ids.first)).toEqual([
      { runId: runs[10], at: expect.any(Date), kind: 'GONE', fields: [] },
      {
        runId: runs[0],
        at: expect.any(Date),
        kind: 'UPDATED',
        fields: [
          { field: 'stage', before: '01 - Start', after: '02 - Next' },
          { field: 'deal_value', before: null, after: '10.50' },
        ],
      },
    ]);
  });

  it('of one run name the opportunity each belongs to', async () => {
    const query = { show: 'moved' as const, touch: null, after: null };
    const { rows } = await listRunChanges(db, BigInt(runs[10]!), { all: true }, query);
    expect(rows.map(({ gone, opportunity }) => [gone, opportunity.remoteNumber])).toEqual([
      [true, 'first'],
      [false, 'second'],
    ]);
    expect(rows[1]?.fields).toEqual([{ field: 'name', before: 'old', after: null }]);
  });
});
