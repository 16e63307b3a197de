import { strict as assert } from 'node:assert';
import { pool } from '#app/lib/db.server.ts';
import { readRecord } from '#dev/crm/record.ts';
import type { CrmSimulator } from '#dev/crm/server.ts';
import { columnsOf, expectedOf, sentAs } from '../integration/crm-facts.ts';

type Row = Record<string, unknown>;

/** What is ours of every opportunity, by its id. */
export async function ours(): Promise<Map<string, Row>> {
  const { rows } = await pool.query<Row>(
    `SELECT id::text, workflow_status, status_before_close, crm_status, assigned_sa, sa_notes,
       practice_head_recommendation, management_decision, hold_until FROM opportunities`,
  );
  return new Map(rows.map((row) => [String(row.id), row]));
}

/** No run may write what is ours, but for the CRM's closing and reopening. */
export function checkOurs(before: Map<string, Row>, after: Map<string, Row>): void {
  for (const [id, was] of before) {
    const now = after.get(id);
    assert(now, `opportunity ${id} was deleted`);
    const closed = ['WON', 'LOST', 'NO_SALE'].includes(String(now.crm_status));
    const place =
      was.workflow_status === 'CLOSED_IN_CRM' ? was.status_before_close : was.workflow_status;
    assert.deepEqual(
      { ...now, crm_status: null },
      {
        ...was,
        crm_status: null,
        workflow_status: closed ? 'CLOSED_IN_CRM' : place,
        status_before_close: closed ? place : null,
      },
      `what is ours of opportunity ${id} changed`,
    );
  }
}

/** Every run has ended, its counters add up, and watermarks only ever move on. */
export async function checkRuns(): Promise<void> {
  const { rows } = await pool.query<Row & { id: string }>('SELECT * FROM sync_logs ORDER BY id');
  let watermark = -Infinity;
  for (const run of rows) {
    assert.notEqual(run.status, 'RUNNING', `run ${run.id} was left RUNNING`);
    const sum = ['new_records', 'updated_records', 'unchanged_records', 'failed_records']
      .map((key) => Number(run[key]))
      .reduce((one, other) => one + other);
    assert.equal(Number(run.total_fetched), sum, `the counters of run ${run.id} do not add up`);
    if (run.status !== 'SUCCESS' && run.status !== 'PARTIAL') continue;
    if (run.watermark_to === null) continue;
    const reached = (run.watermark_to as Date).getTime();
    assert(reached >= watermark, `run ${run.id} moved the watermark back`);
    watermark = reached;
  }
  const { rows: apart } = await pool.query(
    `SELECT l.id FROM sync_logs l
     WHERE new_records <> (SELECT count(*) FROM opportunities WHERE first_sync_log_id = l.id)
       OR removed_records <> (SELECT count(*) FROM opportunity_changes WHERE sync_log_id = l.id AND kind = 'GONE')
       OR reappeared_records <> (SELECT count(*) FROM opportunity_changes WHERE sync_log_id = l.id AND kind = 'REAPPEARED')
       OR updated_records < (SELECT count(DISTINCT opportunity_id) FROM opportunity_changes
         WHERE sync_log_id = l.id AND kind IN ('UPDATED', 'REAPPEARED'))`,
  );
  assert.deepEqual(apart, [], 'counters of a run are not what it did');
  const { rows: added } = await pool.query<{ added: string; rows: string; twice: string }>(
    `SELECT (SELECT coalesce(sum(new_records), 0) FROM sync_logs) AS added, count(*) AS rows,
       count(*) - count(DISTINCT remote_id) AS twice FROM opportunities`,
  );
  assert.deepEqual(
    [added[0]?.added, added[0]?.twice],
    [added[0]?.rows, '0'],
    'rows and counters of new records differ',
  );
}

/**
 * The copy is the source: every record that can be applied, in every column; every other one whole in
 * quarantine; what is not there any more marked gone or being asked for, and nothing else gone.
 */
export async function checkCopy(crm: CrmSimulator, unfit: ReadonlySet<bigint>): Promise<number> {
  const { rows } = await pool.query<Row>(
    `SELECT *, remote_id::text, deal_value::text, close_date::text, raw::text, EXISTS (
       SELECT FROM missing_opportunities m WHERE m.opportunity_id = o.id) AS missing
     FROM opportunities o`,
  );
  const copy = new Map(rows.map((row) => [String(row.remote_id), row]));
  const source = new Map(
    crm.dataset
      .texts()
      .map((text) => [text, readRecord(text)] as const)
      .filter(([, { OptyId }]) => isVisible(crm, OptyId as bigint))
      .map(([text, record]) => [String(record.OptyId), { text, record }]),
  );
  for (const [id, { text, record }] of source) {
    if (unfit.has(BigInt(id))) continue;
    const row = copy.get(id);
    assert(row, `OptyId ${id} is lost`);
    assert.equal(row.gone_since, null, `OptyId ${id} reads as gone`);
    assert.deepEqual(columnsOf(row), expectedOf(sentAs(text, record)), `OptyId ${id} is falsified`);
  }
  for (const [id, row] of copy) {
    if (source.has(id)) continue;
    assert(row.gone_since ?? row.missing, `OptyId ${id} is gone and reads as present`);
  }
  const open = await pool.query<{ remote_id: string }>(
    'SELECT remote_id FROM sync_quarantine WHERE resolved_at IS NULL',
  );
  const kept = new Set(open.rows.map(({ remote_id }) => remote_id));
  for (const id of unfit) assert(kept.has(String(id)), `OptyId ${id} is not in quarantine`);
  return source.size;
}

/** Of every record the CRM shows, when it was last changed, in milliseconds. */
export function stampsOf(crm: CrmSimulator): Map<bigint, number> {
  const { store } = crm.dataset;
  return new Map(visibleIds(crm).map((id) => [id, store.updated[store.find(id)]! / 1000]));
}

/**
 * The watermark of the last run lies over nothing that is not committed: what the CRM showed before it
 * began, stamped up to the watermark, is in the copy as it was then or newer.
 */
export async function checkWatermark(
  shown: Map<bigint, number>,
  spared: (id: bigint) => boolean,
): Promise<void> {
  const { rows: runs } = await pool.query<{ watermark_to: Date | null }>(
    `SELECT watermark_to FROM sync_logs WHERE id = (SELECT max(id) FROM sync_logs)
       AND status IN ('SUCCESS', 'PARTIAL')`,
  );
  const watermark = runs[0]?.watermark_to?.getTime();
  if (watermark === undefined) return;
  const { rows } = await pool.query<{ id: string; at: Date | null }>(
    'SELECT remote_id::text AS id, crm_updated_at AS at FROM opportunities',
  );
  const copy = new Map(rows.map(({ id, at }) => [BigInt(id), at?.getTime() ?? -Infinity]));
  for (const [id, stamp] of shown) {
    if (stamp > watermark || spared(id)) continue;
    const at = copy.get(id);
    assert(at !== undefined, `the watermark has passed OptyId ${id}, which is not in the copy`);
    assert(at >= Math.floor(stamp), `the watermark has passed a change of OptyId ${id}`);
  }
}

/** What the CRM has shown all the while never reads as gone, whatever went wrong on the way. */
export async function checkPresent(ids: bigint[]): Promise<void> {
  const { rows } = await pool.query<{ remote_id: string }>(
    `SELECT remote_id::text FROM opportunities
     WHERE gone_since >= now() - interval '1 hour' AND remote_id = ANY ($1::bigint[])
       AND last_sync_log_id = (SELECT max(id) FROM sync_logs)`,
    [ids.map(String)],
  );
  assert.deepEqual(rows, [], 'what was there all the while reads as gone');
}

/** The OptyIds the CRM's user can see now. */
export function visibleIds(crm: CrmSimulator): bigint[] {
  const { order, ids, slots } = crm.dataset.store;
  return Array.from(order.subarray(0, slots))
    .filter((slot) => crm.dataset.store.isVisible(slot))
    .map((slot) => ids[slot]!);
}

function isVisible(crm: CrmSimulator, id: bigint): boolean {
  const slot = crm.dataset.store.find(id);
  return slot >= 0 && crm.dataset.store.isVisible(slot);
}
