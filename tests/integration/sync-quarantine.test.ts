import { beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { countOpen, listQuarantine } from '#app/models/sync-quarantine.server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 400, pageCap: 100 });
const parts = () => partsFor(configFor(crm()));

// Ids that lie between those of the simulator's own records, so that the bad ones are inside pages.
const stamp = '"LastUpdateDate":"2026-01-01T00:00:00Z"';
const bad: [string, string, string | null][] = [
  [`{"OptyNumber":"B1","Name":"without an id",${stamp}}`, 'no-id', 'OptyId'],
  [
    `{"OptyId":150000000000001,"OptyNumber":"B2","Name":"a\\u0000b",${stamp}}`,
    'nul-character',
    'Name',
  ],
  [
    `{"OptyId":150000000000002,"EffectiveDate":"2026-02-30",${stamp}}`,
    'impossible-date',
    'EffectiveDate',
  ],
  [`{"OptyId":150000000000003,"Revenue":"lots",${stamp}}`, 'not-a-number', 'Revenue'],
  [`{"OptyId":150000000000004,"Revenue":1e99,${stamp}}`, 'number-overflow', 'Revenue'],
  [`{"OptyId":150000000000005,"Name":"\\ud800",${stamp}}`, 'broken-text', 'Name'],
  [`{"OptyId":150000000000006,"StgOrder":1e999999,${stamp}}`, 'refused-by-database', null],
  [`{"OptyId":150000000000007,"OptyNumber":"z\\ud800",${stamp}}`, 'broken-text', 'OptyNumber'],
  [`{"OptyId":"\\ud800","OptyNumber":"B8",${stamp}}`, 'broken-text', 'OptyId'],
  [
    `{"OptyId":150000000000009,"EffectiveDate":"${'x'.repeat(78)}😀zz",${stamp}}`,
    'impossible-date',
    'EffectiveDate',
  ],
  [`{"OptyId":0,"OptyNumber":"zero0",${stamp}}`, 'bad-id', 'OptyId'],
  [`{"OptyId":0,"OptyNumber":"zero1",${stamp}}`, 'bad-id', 'OptyId'],
  [
    `{"OptyId":150000000000011,"deep":${'['.repeat(20_000)}"\\u0000"${']'.repeat(20_000)},${stamp}}`,
    'too-deep',
    null,
  ],
];

beforeAll(() => {
  for (const [text] of bad)
    crm().dataset.insertRaw(text, /"OptyId":[1-9]/.test(text) ? undefined : 150000000000000n);
});

const open = async () => listQuarantine(db, { limit: 100 });

describe('records that cannot be applied', () => {
  it('are kept whole with their cause while everything else comes through', async () => {
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({
      status: 'PARTIAL',
      total_fetched: 400 + bad.length,
      new_records: 400,
      failed_records: bad.length,
    });
    expect((await copied()).size).toBe(400);
    const kept = await listQuarantine(db, { runId: BigInt(runId), limit: 100 });
    expect(kept.map(({ cause, field }) => [cause, field]).sort()).toEqual(
      bad.map(([, cause, field]) => [cause, field]).sort(),
    );
    const whole = await db.syncQuarantine.findMany();
    expect(whole.map(({ payload, cause, field }) => [payload, cause, field]).sort()).toEqual(
      [...bad].sort(),
    );
    expect(kept.every(({ message }) => message.length > 10)).toBe(true);
  });

  it('stay one open row each however often they fail, and move the watermark no less', async () => {
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({
      status: 'PARTIAL',
      unchanged_records: 400,
      failed_records: bad.length,
    });
    expect(log.watermark_to).not.toBeNull();
    const rows = await open();
    expect(rows).toHaveLength(bad.length);
    expect(rows.map((row) => row.timesSeen)).toEqual(bad.map(() => 2));
  });

  it('leave the quarantine by themselves once the CRM sends them well', async () => {
    crm().dataset.update(150000000000003n, { Revenue: 5 });
    const { log, runId } = await sync('FULL', parts());
    expect(log).toMatchObject({ new_records: 1, failed_records: bad.length - 1 });
    expect(await countOpen(db)).toBe(bad.length - 1);
    const { rows } = await pool.query(
      `SELECT resolution, resolved_reason, payload FROM sync_quarantine WHERE resolved_at IS NOT NULL`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ resolution: 'REPLAYED', payload: bad[3]![0] });
    expect((rows[0] as { resolved_reason: string }).resolved_reason).toContain(`run ${runId}`);
  });

  it('are there all the same: a row whose record fails now is not gone', async () => {
    const [good] = crm()
      .dataset.all()
      .filter(
        (sent) =>
          sent.OptyId !== undefined && !bad.some(([text]) => text.includes(String(sent.OptyId))),
      );
    const id = good!.OptyId as bigint;
    const before = (await copied()).get(String(id));
    crm().dataset.update(id, { WinProb: 'high' });
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'PARTIAL', removed_records: 0 });
    expect((await copied()).get(String(id))).toEqual(before);
  });
});
