import type { ClientBase } from 'pg';
import type { TargetOutcome } from '#app/domain/sync.ts';
import { readRecord } from '#jobs/oracle/json.ts';
import type { AppliableRecord, createMapper, RefusedRecord } from '#jobs/oracle/map.ts';
import { applySingle } from './apply-single.ts';
import { noCounts, type LeasedRun, type PageCounts } from './run.ts';

/** What came of a target, in words where they are needed. */
export interface TargetResult {
  outcome: TargetOutcome;
  message: string | null;
  counts: PageCounts;
}

const failed = { ...noCounts, fetched: 1, failed: 1 };
const unchanged = { ...noCounts, fetched: 1, unchanged: 1 };

interface Kept {
  payload: string;
  resolution: 'REPLAYED' | 'DISCARDED' | null;
}

/**
 * Maps a record of the quarantine again, as it was kept, and applies it where that goes through now.
 * What came from the CRM since is never overwritten. Give it an open transaction.
 */
export async function replayKept(
  client: ClientBase,
  run: LeasedRun,
  map: ReturnType<typeof createMapper>,
  id: string | null,
): Promise<TargetResult> {
  const { rows } = await client.query<Kept>(
    'SELECT payload, resolution FROM sync_quarantine WHERE id = $1 FOR UPDATE',
    [id],
  );
  const kept = rows[0];
  if (!kept) return { outcome: 'FAILED', message: 'It is not in quarantine.', counts: noCounts };
  if (kept.resolution) return leftBefore(kept.resolution);
  const record = readKept(kept.payload);
  if (!record) {
    const message = 'What was kept of it is no JSON, so it cannot be replayed as it is.';
    await noteFailure(client, id, { message });
    return { outcome: 'QUARANTINED', message, counts: failed };
  }
  const mapped = map(record);
  if (mapped.ok && (await isWrittenSince(client, id, mapped))) {
    await resolveReplayed(client, run, id, keptWords);
    return { outcome: 'UNCHANGED', message: 'BQS holds a later version of it.', counts: unchanged };
  }
  const { outcome, counts, refused } = await applySingle(client, run, mapped, true);
  if (refused) await noteFailure(client, id, refused);
  else await resolveReplayed(client, run, id, keptWords);
  return { outcome, counts, message: refused?.message ?? null };
}

function leftBefore(resolution: 'REPLAYED' | 'DISCARDED'): TargetResult {
  return resolution === 'REPLAYED'
    ? { outcome: 'UNCHANGED', message: 'It had been applied before.', counts: noCounts }
    : { outcome: 'FAILED', message: 'It was discarded before its turn came.', counts: noCounts };
}

const keptWords = 'Replayed as it was kept';

/** The record as it was kept; null where it is no JSON. */
export function readKept(payload: string) {
  try {
    return readRecord(payload);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    return null;
  }
}

/** Whether the sync has written the opportunity since the CRM sent what is kept, or found it gone. */
async function isWrittenSince(
  client: ClientBase,
  id: string | null,
  { row }: AppliableRecord,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM opportunities o, sync_quarantine q
     WHERE q.id = $1 AND o.remote_id = $2 AND o.last_synced_at > q.last_seen_at`,
    [id, row.remote_id],
  );
  return rowCount === 1;
}

/** It stays: the CRM has not sent it again, so when and how often it was seen stays too. */
async function noteFailure(
  client: ClientBase,
  id: string | null,
  why: Pick<RefusedRecord, 'message'> & Partial<Pick<RefusedRecord, 'cause' | 'field'>>,
): Promise<void> {
  await client.query(
    `UPDATE sync_quarantine SET message = $2, times_tried = times_tried + 1, last_tried_at = now(),
       cause = coalesce($3, cause), field = CASE WHEN $3::text IS NULL THEN field ELSE $4 END
     WHERE id = $1`,
    [id, why.message.toWellFormed(), why.cause ?? null, why.field?.toWellFormed() ?? null],
  );
}

/** Closes the row in the name of who asked for the replay. `tries`: how many are to be counted yet. */
export async function resolveReplayed(
  client: ClientBase,
  run: LeasedRun,
  id: string | null,
  words: string,
  tries = 1,
): Promise<void> {
  await client.query(
    `UPDATE sync_quarantine q SET resolved_at = now(), resolution = 'REPLAYED', resolved_reason = $3,
       resolved_by = l.requested_by, resolved_by_name = coalesce(u.name, u.email),
       times_tried = q.times_tried + $4, last_tried_at = now()
     FROM sync_logs l LEFT JOIN users u ON u.id = l.requested_by
     WHERE q.id = $1 AND l.id = $2`,
    [id, run.id, `${words}, by sync run ${run.id}.`, tries],
  );
}
