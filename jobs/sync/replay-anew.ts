import type { ClientBase } from 'pg';
import { mostRefusals } from '#app/domain/gone.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { namesARecord } from '#jobs/oracle/query.ts';
import { applySingle, noteThere } from './apply-single.ts';
import { fingerprintOf, resolveApplied } from './quarantine.ts';
import { keyOf, notShown, noteTried, refresh, type Quarantined } from './quarantined-row.ts';
import { readKept, replayKept, resolveReplayed, type TargetResult } from './replay.ts';
import type { LeasedRun } from './run.ts';
import type { Work } from './work.ts';

/** What the CRM answered when it was asked for a record anew. */
export type Anew =
  | { said: 'record'; record: AppliableRecord | RefusedRecord }
  | { said: 'nothing' }
  | { said: 'fault'; message: string };

interface Kept extends Quarantined {
  cause: string;
  payload: string;
}

/**
 * Asks the CRM for the records of a replay whose kept copy still fails, each once. A fault of the CRM fails no
 * run here; past one that is not a single key's, or many of those, nothing more is asked for.
 */
export function createAnewAsker(work: Work): (id: string | null) => Promise<Anew | null> {
  let refusals = 0;
  let given: Anew | null = null;
  return async (id) => {
    const kept = await stillFailing(work, id);
    if (!kept) return null;
    const key = keyOf(kept);
    if (key.remoteId === null && !namesARecord(key.remoteNumber)) return null;
    if (given) return given;
    try {
      const found = await work.parts.client.record(key, work.signal);
      return found ? { said: 'record', record: work.parts.map(found) } : { said: 'nothing' };
    } catch (error) {
      if (!(error instanceof OracleError)) throw error;
      const ofThisKey = error.fault === 'rejected' || error.fault === 'unexpected-body';
      const { message } = error;
      if (!ofThisKey || ++refusals >= mostRefusals)
        given = { said: 'fault', message: `It was not asked for anew after this: ${message}` };
      return { said: 'fault', message: `Asked for it anew, the CRM failed: ${message}` };
    }
  };
}

/** What the database refused may go through by now; only the attempt tells, so the CRM is asked in time. */
async function stillFailing({ parts, connections }: Work, id: string | null): Promise<Kept | null> {
  const { rows } = await connections[0]!.query<Kept>(
    `SELECT id, remote_id, remote_number, field, cause, payload FROM sync_quarantine
     WHERE id = $1 AND resolved_at IS NULL`,
    [id],
  );
  const kept = rows[0];
  if (!kept) return null;
  const record = readKept(kept.payload);
  const applies = record !== null && parts.map(record).ok && kept.cause !== 'refused-by-database';
  return applies ? null : kept;
}

/** Replays a record as it was kept and, where that still fails, as the CRM sent it anew. */
export async function replayOne(
  client: ClientBase,
  { run, parts }: Work,
  id: string | null,
  anew: Anew | null,
): Promise<TargetResult> {
  const asKept = await replayKept(client, run, parts.map, id);
  if (asKept.outcome !== 'QUARANTINED' || id === null || !anew) return asKept;
  switch (anew.said) {
    case 'record':
      return applyAnew(client, run, { id, asKept }, anew.record);
    case 'nothing':
      await noteTried(client, { id }, notShown, 0);
      return { ...asKept, message: `${asKept.message}${notShown}` };
    case 'fault':
      return { ...asKept, message: `${asKept.message} ${anew.message}` };
  }
}

async function applyAnew(
  client: ClientBase,
  run: LeasedRun,
  { id, asKept }: { id: string; asKept: TargetResult },
  record: AppliableRecord | RefusedRecord,
): Promise<TargetResult> {
  // It was asked for just now, so it stands whatever its stamp says.
  const { outcome, counts, refused } = await applySingle(client, run, record, false);
  await noteThere(client, run, record);
  if (refused) {
    await refresh(client, run, { id }, refused, 0);
    const same = refused.message === asKept.message;
    const words = same ? 'just as it was.' : `in another way: ${refused.message}`;
    return { ...asKept, message: `${asKept.message} Asked for anew, the CRM sent it ${words}` };
  }
  await resolveReplayed(client, run, id, 'Replayed as the CRM sent it anew', 0);
  if (record.ok) {
    const { row, payload } = record;
    const fingerprint = fingerprintOf({ remoteId: row.remote_id, payload });
    await resolveApplied(client, run.id, [fingerprint], [row.remote_number]);
  }
  return { outcome, counts, message: 'The CRM sent it anew.' };
}
