import { describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 1500, pageCap: 100 });
const parts = () => partsFor(configFor(crm()));

const open = () =>
  crm()
    .dataset.all()
    .filter((sent) => sent.StatusCode === 'OPEN');
const changesOf = async (runId: string) =>
  (
    await pool.query<{ field: string; before: string; after: string; remote_id: string }>(
      `SELECT o.remote_id, c.field, c.before, c.after, c.kind FROM opportunity_changes c
       JOIN opportunities o ON o.id = c.opportunity_id WHERE c.sync_log_id = $1 ORDER BY c.id`,
      [runId],
    )
  ).rows;

describe('an incremental sync', () => {
  it('is a full one while there is nothing to add to', async () => {
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ sync_type: 'FULL', status: 'SUCCESS', new_records: 1500 });
  });

  it('brings exactly what changed, with its history', async () => {
    const before = await copied();
    const [first, second] = open();
    crm().dataset.update(first!.OptyId as bigint, { Revenue: 4711.5, Name: 'Renamed' });
    crm().dataset.update(second!.OptyId as bigint, { EffectiveDate: '2031-01-31' });
    const fresh = crm().dataset.insert({ Name: 'Brand new', StatusCode: 'OPEN' });
    const { log, runId } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({
      sync_type: 'INCREMENTAL',
      status: 'SUCCESS',
      new_records: 1,
      updated_records: 2,
    });
    const after = await copied();
    const touched = [...after.keys()].filter((id) => after.get(id)!.xmin !== before.get(id)?.xmin);
    expect(touched.sort()).toEqual([first!.OptyId, second!.OptyId, fresh].map(String).sort());
    const changes = await changesOf(runId);
    expect(changes).toContainEqual({
      remote_id: String(first!.OptyId),
      kind: 'UPDATED',
      field: 'name',
      before: first!.Name,
      after: 'Renamed',
    });
    expect(changes.map(({ field }) => field).sort()).toEqual(
      ['close_date', 'crm_updated_at', 'crm_updated_at', 'deal_value', 'name'].sort(),
    );
  });

  it('closes what the CRM closes, remembers where it was, and brings it back', async () => {
    const [deal] = open();
    const id = deal!.OptyId as bigint;
    await pool.query(
      `UPDATE opportunities SET workflow_status = 'SUBMITTED' WHERE remote_id = $1`,
      [id],
    );
    crm().dataset.update(id, { StatusCode: 'WON' });
    await sync('INCREMENTAL', parts());
    const closed = (await copied()).get(String(id));
    expect(closed).toMatchObject({
      workflow_status: 'CLOSED_IN_CRM',
      status_before_close: 'SUBMITTED',
    });
    crm().dataset.update(id, { StatusCode: 'OPEN' });
    await sync('INCREMENTAL', parts());
    expect((await copied()).get(String(id))).toMatchObject({
      workflow_status: 'SUBMITTED',
      status_before_close: null,
    });
    const { rows } = await pool.query(
      `SELECT kind, actor_name, subject_id, data FROM audit_events ORDER BY id`,
    );
    const subject = { actor_name: 'BQS', subject_id: String(closed!.id) };
    expect(rows).toEqual([
      {
        ...subject,
        kind: 'opportunity.closed_in_crm',
        data: { from: 'SUBMITTED', to: 'CLOSED_IN_CRM', crmStatus: 'WON' },
      },
      {
        ...subject,
        kind: 'opportunity.reopened_in_crm',
        data: { from: 'CLOSED_IN_CRM', to: 'SUBMITTED', crmStatus: 'OPEN' },
      },
    ]);
  });

  it('never touches the columns that are ours', async () => {
    const [deal] = open();
    const id = deal!.OptyId as bigint;
    await pool.query(
      `UPDATE opportunities SET sa_notes = 'n', practice_head_recommendation = 'r', management_decision = 'd',
       workflow_status = 'RECOMMENDED' WHERE remote_id = $1`,
      [id],
    );
    crm().dataset.update(id, { Name: 'Moved on' });
    await sync('INCREMENTAL', parts());
    expect((await copied()).get(String(id))).toMatchObject({
      name: 'Moved on',
      sa_notes: 'n',
      practice_head_recommendation: 'r',
      management_decision: 'd',
      workflow_status: 'RECOMMENDED',
    });
  });

  it('leaves a newer copy alone when an older record arrives', async () => {
    const [deal] = open();
    const id = deal!.OptyId as bigint;
    await pool.query(
      `UPDATE opportunities SET crm_updated_at = '2099-01-01', name = 'newer' WHERE remote_id = $1`,
      [id],
    );
    crm().dataset.update(id, { Name: 'older' });
    await sync('INCREMENTAL', parts());
    expect((await copied()).get(String(id))).toMatchObject({ name: 'newer' });
    await sync('FULL', parts());
    expect((await copied()).get(String(id))).toMatchObject({ name: 'older' });
  });

  it('agrees with the CRM after a thousand random moves', async () => {
    crm().dataset.evolve(1000);
    await sync('INCREMENTAL', parts());
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', new_records: 0, updated_records: 0 });
    const { rowCount: missing } = await pool.query('SELECT FROM missing_opportunities');
    const live = [...(await copied()).values()].filter((row) => row.gone_since === null);
    expect(live.length - missing!).toBe(crm().dataset.size);
  });
});

describe('an incremental sync that brings nothing at all', () => {
  it('fails in words, since at least the newest record must come, and moves nothing', async () => {
    const { rows } = await pool.query('SELECT max(watermark_to) AS mark FROM sync_logs');
    const ids = crm()
      .dataset.all()
      .map((sent) => sent.OptyId as bigint);
    for (const id of ids) crm().dataset.hide(id);
    const { log } = await sync('INCREMENTAL', parts());
    expect(log).toMatchObject({ status: 'FAILED', total_fetched: 0, watermark_to: null });
    expect(log.error_message).toContain('not even what it had sent before');
    for (const id of ids) crm().dataset.show(id);
    expect((await sync('INCREMENTAL', parts())).log).toMatchObject({
      status: 'SUCCESS',
      watermark_from: rows[0].mark,
    });
  });
});
