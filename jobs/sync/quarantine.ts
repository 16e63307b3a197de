import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { textWithout } from '#jobs/oracle/json.ts';
import type { RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';

/**
 * One open row per record that keeps failing: by its id, or by its content where the id is none that
 * tells it from others.
 */
export function fingerprintOf(record: Pick<RefusedRecord, 'remoteId' | 'payload'>): string {
  if (record.remoteId && usableId.test(record.remoteId)) return `OptyId ${record.remoteId}`;
  return `payload ${createHash('sha256').update(record.payload).digest('hex')}`;
}

interface Known {
  fingerprint: string;
  open: boolean;
  in_run: boolean;
  /** Of an open row without a usable OptyId that waits from before the run. */
  number: string | null;
}

// Only its number tells such a row from others. Where the number itself is what is broken, nothing does.
const namedByNumber = `
  resolved_at IS NULL AND last_sync_log_id <> $1 AND fingerprint LIKE 'payload %'
  AND field IS DISTINCT FROM 'OptyNumber'`;

/** What is in quarantine now, and which of it the run has met there, discarded or not. Looked up once a run. */
export async function openFingerprints(client: ClientBase, runId: string) {
  const { rows } = await client.query<Known>(
    `SELECT fingerprint, resolved_at IS NULL AS open, last_sync_log_id = $1 AS in_run,
       CASE WHEN ${namedByNumber} THEN remote_number END AS number FROM sync_quarantine
     WHERE resolved_at IS NULL OR (resolution = 'DISCARDED' AND last_sync_log_id = $1)`,
    [runId],
  );
  return {
    openFingerprints: new Set(rows.filter((row) => row.open).map((row) => row.fingerprint)),
    openNumbers: new Set(rows.flatMap(({ number }) => number ?? [])),
    refusedInRun: new Set(rows.filter((row) => row.in_run).map((row) => row.fingerprint)),
  };
}

const upsert = `
  INSERT INTO sync_quarantine (sync_log_id, last_sync_log_id, remote_id, remote_number, cause, field,
    message, payload, fingerprint)
  SELECT $2, $2, r.remote_id, r.remote_number, r.cause, r.field, r.message, r.payload, r.fingerprint
  FROM json_to_recordset($1::json) AS r (remote_id text, remote_number text, cause text, field text,
    message text, payload text, fingerprint text)
  ON CONFLICT (fingerprint) WHERE resolved_at IS NULL DO UPDATE SET
    last_sync_log_id = EXCLUDED.last_sync_log_id, remote_number = EXCLUDED.remote_number,
    cause = EXCLUDED.cause, field = EXCLUDED.field, message = EXCLUDED.message,
    payload = EXCLUDED.payload, last_seen_at = now(), times_seen = sync_quarantine.times_seen + 1`;

/**
 * Keeps records whole that could not be applied. Returns how many of them a person has discarded and the CRM
 * still sends as they were then: those are met, and not put here again.
 */
export async function quarantine(
  client: ClientBase,
  runId: string,
  records: RefusedRecord[],
): Promise<{ discarded: number }> {
  // One statement cannot touch the same open row twice.
  const distinct = new Map(records.map((record) => [fingerprintOf(record), record]));
  const discarded = await meetDiscarded(client, runId, distinct);
  for (const fingerprint of discarded) distinct.delete(fingerprint);
  const rows = [...distinct].map(([fingerprint, record]) => ({
    // Half a character is what the record may be here for; Postgres would refuse it here as well.
    remote_id: record.remoteId?.toWellFormed() ?? null,
    remote_number: record.remoteNumber?.toWellFormed() ?? null,
    cause: record.cause,
    field: record.field?.toWellFormed() ?? null,
    message: record.message.toWellFormed(),
    payload: record.payload.toWellFormed(),
    fingerprint,
  }));
  if (rows.length > 0) await client.query(upsert, [JSON.stringify(rows), runId]);
  return { discarded: discarded.length };
}

// The latest word on a fingerprint counts. An open row is locked first, so that who discards it at this
// moment is waited for, and what they discarded is not taken up again behind their back.
const lockOpen = `
  SELECT 1 FROM sync_quarantine WHERE fingerprint = ANY ($1::text[]) AND resolved_at IS NULL
  ORDER BY id FOR UPDATE`;
const latestDiscarded = `
  SELECT q.id, q.fingerprint, q.payload FROM sync_quarantine q
  WHERE q.fingerprint = ANY ($1::text[]) AND q.resolution = 'DISCARDED' AND NOT EXISTS (
    SELECT FROM sync_quarantine n WHERE n.fingerprint = q.fingerprint AND n.id > q.id)`;

/** The fingerprints of records that were discarded and say now what they said then. */
async function meetDiscarded(
  client: ClientBase,
  runId: string,
  records: ReadonlyMap<string, RefusedRecord>,
): Promise<string[]> {
  const fingerprints = [[...records.keys()]];
  await client.query(lockOpen, fingerprints);
  const { rows } = await client.query<{ id: string; fingerprint: string; payload: string }>(
    latestDiscarded,
    fingerprints,
  );
  const same = rows.filter(
    ({ fingerprint, payload }) =>
      said(payload) === said(records.get(fingerprint)!.payload.toWellFormed()),
  );
  if (same.length > 0) {
    await client.query(
      `UPDATE sync_quarantine SET last_sync_log_id = $2, last_seen_at = now(), times_seen = times_seen + 1
       WHERE id = ANY ($1::bigint[])`,
      [same.map(({ id }) => id), runId],
    );
  }
  return same.map(({ fingerprint }) => fingerprint);
}

/** What a record says, without the links it is served with; what cannot be read says its own text. */
function said(payload: string): string {
  if (!payload.includes('"links"') && !payload.includes('"@context"')) return payload;
  try {
    return textWithout(payload, ['links', '@context']);
  } catch {
    return payload;
  }
}

/**
 * Closes the open rows of records that went through this time: those of their ids, and those that came without
 * a usable one under the same number. What this run itself met without an id may be another record: it stays.
 */
export async function resolveApplied(
  client: ClientBase,
  runId: string,
  fingerprints: string[],
  numbers: (string | null)[] = [],
): Promise<void> {
  await client.query(
    `UPDATE sync_quarantine SET resolved_at = now(), resolution = 'REPLAYED', resolved_reason = $4
     WHERE (resolved_at IS NULL AND fingerprint = ANY ($2::text[]))
       OR (${namedByNumber} AND remote_number = ANY ($3::text[]))`,
    [
      ...[runId, fingerprints, numbers.filter((number) => number !== null)],
      `The CRM sent it again and sync run ${runId} applied it.`,
    ],
  );
}
