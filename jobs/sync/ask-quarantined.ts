import type { ClientBase } from 'pg';
import { mostAsked } from '#app/domain/gone.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';
import { applySingle, noteThere } from './apply-single.ts';
import { askEach, writeAnswer } from './ask-each.ts';
import { fingerprintOf, resolveApplied } from './quarantine.ts';
import { keyOf, notShown, noteTried, refresh, type Quarantined } from './quarantined-row.ts';
import { noCounts, type LeasedRun } from './run.ts';
import type { Work } from './work.ts';

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
  const { outcome, counts, refused } = await applySingle(client, run, mapped);
  const kept = refused !== null && (await refresh(client, run, one, refused));
  if (mapped.ok && !refused) await resolve(client, run, one, mapped);
  await noteThere(client, run, mapped);
  // What changes nothing, a page may have brought before: it is not read twice. Nor is what another row keeps.
  const counted = refused ? kept : outcome !== 'UNCHANGED';
  return { counts: counted ? counts : noCounts };
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
  await resolveApplied(client, run.id, [fingerprint], [row.remote_number]);
}
