import type { ClientBase } from 'pg';
import type { RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';
import { fingerprintOf } from './quarantine.ts';
import type { LeasedRun } from './run.ts';

/** A row of the quarantine whose record the CRM can be asked for by itself. */
export interface Quarantined {
  id: string;
  remote_id: string | null;
  remote_number: string | null;
  field: string | null;
}

export const notShown = ' Asked for by itself since, the CRM had it no longer to show.';

/** A number that is itself what is broken leads nowhere. */
export function keyOf({ remote_id: id, remote_number: number, field }: Quarantined) {
  return {
    remoteId: id !== null && usableId.test(id) ? BigInt(id) : null,
    remoteNumber: field === 'OptyNumber' ? null : number,
  };
}

/**
 * What came now takes the place of what was kept, unless another open row keeps it already; answers whether it
 * did. `tries`: how many of them this was.
 */
export async function refresh(
  client: ClientBase,
  run: LeasedRun,
  one: Pick<Quarantined, 'id'>,
  refused: RefusedRecord,
  tries = 1,
): Promise<boolean> {
  const fingerprint = fingerprintOf(refused);
  const { cause, field, message, payload } = refused;
  const { rowCount } = await client.query(
    `UPDATE sync_quarantine q SET last_sync_log_id = $2, last_seen_at = now(), fingerprint = $3,
       cause = $4, field = $5, message = $6, payload = $7, times_seen = times_seen + 1,
       times_tried = times_tried + $8, last_tried_at = now()
     WHERE id = $1 AND resolved_at IS NULL AND NOT EXISTS (SELECT FROM sync_quarantine other
       WHERE other.fingerprint = $3 AND other.resolved_at IS NULL AND other.id <> q.id)`,
    [
      ...[one.id, run.id, fingerprint, cause],
      ...[field, message, payload].map((text) => text?.toWellFormed() ?? null),
      tries,
    ],
  );
  if (rowCount === 0) await noteTried(client, one, '', tries);
  return rowCount === 1;
}

/** It stays as it was kept; `words` stand behind what is wrong with it. */
export async function noteTried(
  client: ClientBase,
  { id }: Pick<Quarantined, 'id'>,
  words = '',
  tries = 1,
): Promise<void> {
  await client.query(
    `UPDATE sync_quarantine SET times_tried = times_tried + $4, last_tried_at = now(),
       message = replace(message, $3, '') || $2 WHERE id = $1`,
    [id, words, notShown, tries],
  );
}
