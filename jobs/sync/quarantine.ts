import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
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

/** The fingerprints in quarantine now, and which the run has put there. Looked up once a run. */
export async function openFingerprints(client: ClientBase, runId: string) {
  const { rows } = await client.query<{ fingerprint: string; in_run: boolean }>(
    `SELECT fingerprint, last_sync_log_id = $1 AS in_run FROM sync_quarantine WHERE resolved_at IS NULL`,
    [runId],
  );
  return {
    openFingerprints: new Set(rows.map((row) => row.fingerprint)),
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

/** Keeps records whole that could not be applied. */
export async function quarantine(
  client: ClientBase,
  runId: string,
  records: RefusedRecord[],
): Promise<void> {
  // One statement cannot touch the same open row twice.
  const distinct = new Map(records.map((record) => [fingerprintOf(record), record]));
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
  await client.query(upsert, [JSON.stringify(rows), runId]);
}

/** Closes the open rows of records that went through this time. */
export async function resolveApplied(
  client: ClientBase,
  runId: string,
  fingerprints: string[],
): Promise<void> {
  await client.query(
    `UPDATE sync_quarantine SET resolved_at = now(), resolution = 'REPLAYED', resolved_reason = $2
     WHERE resolved_at IS NULL AND fingerprint = ANY ($1::text[])`,
    [fingerprints, `The CRM sent it again and sync run ${runId} applied it.`],
  );
}
