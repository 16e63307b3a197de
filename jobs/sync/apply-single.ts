import type { ClientBase } from 'pg';
import type { TargetOutcome } from '#app/domain/sync.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';
import { applyRecords } from './write-records.ts';
import { fingerprintOf, quarantine, resolveApplied } from './quarantine.ts';
import { LeaseLost, noCounts, type LeasedRun, type PageCounts } from './run.ts';
import { clearMissing, saveCounts } from './statements.ts';

/** What came of one record that was applied by itself. */
export interface Single {
  outcome: Extract<TargetOutcome, 'ADDED' | 'UPDATED' | 'UNCHANGED' | 'QUARANTINED'>;
  counts: PageCounts;
  /** Where it could not be applied; the caller keeps it. */
  refused: RefusedRecord | null;
}

/** Applies one record by the path of the pages. Give it an open transaction. */
export async function applySingle(
  client: ClientBase,
  run: LeasedRun,
  record: AppliableRecord | RefusedRecord,
  olderLeftOut?: boolean,
): Promise<Single> {
  if (!record.ok) return refusal(record);
  const applied = await applyRecords(client, run, [record], false, olderLeftOut);
  if (applied.refused[0]) return refusal(applied.refused[0]);
  const { added, updated, reappeared } = applied;
  const outcome = added > 0 ? 'ADDED' : updated > 0 ? 'UPDATED' : 'UNCHANGED';
  const unchanged = 1 - added - updated;
  const counts = { ...noCounts, fetched: 1, added, updated, unchanged, reappeared };
  return { outcome, counts, refused: null };
}

/** Applies what the CRM answered for one key, or keeps it in quarantine; either way it is there. */
export async function applyAnswer(
  client: ClientBase,
  run: LeasedRun,
  record: AppliableRecord | RefusedRecord,
  olderLeftOut?: boolean,
): Promise<Single> {
  const single = await applySingle(client, run, record, olderLeftOut);
  if (single.refused) {
    const { discarded } = await quarantine(client, run.id, [single.refused]);
    // A person has settled it as it is: nothing failed, and nothing is in quarantine.
    if (discarded > 0) Object.assign(single, { outcome: 'UNCHANGED', counts: leftAsItIs });
  } else if (record.ok) {
    const { row, payload } = record;
    const fingerprint = fingerprintOf({ remoteId: row.remote_id, payload });
    await resolveApplied(client, run.id, [fingerprint], [row.remote_number]);
  }
  await noteThere(client, run, record);
  return single;
}

/** A record that came is missing no longer, applied or not. */
export async function noteThere(
  client: ClientBase,
  run: LeasedRun,
  record: AppliableRecord | RefusedRecord,
): Promise<void> {
  const id = record.ok ? record.row.remote_id : record.remoteId;
  if (id !== null && usableId.test(id)) await client.query(clearMissing, [id, run.id]);
}

/** Adds to the counters of the run, which must still be ours. Answers whether it was cancelled. */
export async function addToRun(
  client: ClientBase,
  run: LeasedRun,
  counts: PageCounts,
  removed = 0,
): Promise<{ cancelRequested: boolean }> {
  const { fetched, added, updated, unchanged, failed, reappeared } = counts;
  const { rows } = await client.query<{ cancel: boolean }>(saveCounts, [
    ...[run.id, run.lease, fetched, added, updated, unchanged, failed, reappeared, removed],
  ]);
  if (!rows[0]) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  return { cancelRequested: rows[0].cancel };
}

const leftAsItIs: PageCounts = { ...noCounts, fetched: 1, unchanged: 1 };

function refusal(refused: RefusedRecord): Single {
  return { outcome: 'QUARANTINED', counts: { ...noCounts, fetched: 1, failed: 1 }, refused };
}
