import type { ClientBase } from 'pg';
import { mostAsked } from '#app/domain/gone.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';
import { applySingle, noteThere } from './apply-single.ts';
import { askEach, writeAnswer } from './ask-each.ts';
import { fingerprintOf, resolveApplied } from './quarantine.ts';
import type { LeasedRun } from './run.ts';
import type { Work } from './work.ts';

interface Quarantined {
  id: string;
  remote_id: string | null;
  remote_number: string | null;
  field: string | null;
}

/** Asks for the records in quarantine that the pages did not bring. Answers whether to go on asking. */
export async function askQuarantined(work: Work): Promise<boolean> {
  const ask = async (one: Quarantined) => {
    const record = await work.parts.client.record(keyOf(one), work.signal);
    await writeAnswer(work, async () => {
      if (!record) return void (await noteTried(work.connections[0]!, one, notShown));
      return applyAgain(work, one, work.parts.map(record));
    });
  };
  return askEach(work, await dueQuarantined(work), ask, (one) =>
    writeAnswer(work, async () => void (await noteTried(work.connections[0]!, one))),
  );
}

const notShown = ' Asked for by itself since, the CRM had it no longer to show.';

/** A number that is itself what is broken leads nowhere. */
function keyOf({ remote_id: id, remote_number: number, field }: Quarantined) {
  return {
    remoteId: id !== null && usableId.test(id) ? BigInt(id) : null,
    remoteNumber: field === 'OptyNumber' ? null : number,
  };
}

async function dueQuarantined({ run, connections }: Work): Promise<Quarantined[]> {
  const { rows } = await connections[0]!.query<Quarantined>(
    `SELECT id, remote_id, remote_number, field FROM sync_quarantine
     WHERE resolved_at IS NULL AND last_sync_log_id <> $1
       AND coalesce(last_tried_at < (SELECT started_at FROM sync_logs WHERE id = $1), true)
       AND (remote_id ~ $2 OR (remote_number ~ '[^.]' AND field IS DISTINCT FROM 'OptyNumber'))
     ORDER BY last_tried_at NULLS FIRST, id LIMIT $3`,
    [run.id, usableId.source, mostAsked.quarantined],
  );
  return rows;
}

async function applyAgain(
  { run, connections }: Work,
  one: Quarantined,
  mapped: AppliableRecord | RefusedRecord,
) {
  const client = connections[0]!;
  const { counts, refused } = await applySingle(client, run, mapped);
  if (refused) await refresh(client, run, one, refused);
  else if (mapped.ok) await resolve(client, run, one, mapped);
  await noteThere(client, run, mapped);
  return { counts };
}

/** The row is found by its own id: what it was told apart by may have been mended with the rest. */
async function resolve(
  client: ClientBase,
  run: LeasedRun,
  one: Quarantined,
  { row, payload }: AppliableRecord,
) {
  await client.query(
    `UPDATE sync_quarantine SET resolved_at = now(), resolution = 'REPLAYED', resolved_reason = $2,
       times_tried = times_tried + 1, last_tried_at = now() WHERE id = $1 AND resolved_at IS NULL`,
    [one.id, `The CRM sent it again, asked for by itself, and sync run ${run.id} applied it.`],
  );
  const fingerprint = fingerprintOf({ remoteId: row.remote_id, payload });
  await resolveApplied(client, run.id, [fingerprint]);
}

/** What came now takes the place of what was kept, unless another open row keeps it already. */
async function refresh(
  client: ClientBase,
  run: LeasedRun,
  one: Quarantined,
  refused: RefusedRecord,
) {
  const fingerprint = fingerprintOf(refused);
  const { cause, field, message, payload } = refused;
  const { rowCount } = await client.query(
    `UPDATE sync_quarantine q SET last_sync_log_id = $2, last_seen_at = now(), fingerprint = $3,
       cause = $4, field = $5, message = $6, payload = $7, times_seen = times_seen + 1,
       times_tried = times_tried + 1, last_tried_at = now()
     WHERE id = $1 AND resolved_at IS NULL AND NOT EXISTS (SELECT FROM sync_quarantine other
       WHERE other.fingerprint = $3 AND other.resolved_at IS NULL AND other.id <> q.id)`,
    [
      ...[one.id, run.id, fingerprint, cause],
      ...[field, message, payload].map((text) => text?.toWellFormed() ?? null),
    ],
  );
  if (rowCount === 0) await noteTried(client, one);
}

async function noteTried(client: ClientBase, { id }: Quarantined, words = '') {
  await client.query(
    `UPDATE sync_quarantine SET times_tried = times_tried + 1, last_tried_at = now(),
       message = replace(message, $3, '') || $2 WHERE id = $1`,
    [id, words, notShown],
  );
}
