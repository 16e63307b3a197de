import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { discardRecords, lockChosen } from '#app/models/quarantine-choice.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import {
  notAllowed,
  refusalOf,
  subjectOf,
  type QuarantineAct,
  type Refused,
} from './quarantine-outcome.server.ts';

export type Discarded = { ok: true; records: number } | Refused;

/**
 * Settles records of the quarantine as not wanted, by a person's word. They are kept whole, and come up again
 * when the CRM sends them changed.
 */
export function discardQuarantined(act: QuarantineAct & { reason: string }): Promise<Discarded> {
  return db.$transaction((tx) => discard(tx, act), { maxWait: 20_000, timeout: 60_000 });
}

async function discard(
  tx: Db,
  { actor, group, choice, reason, requestId }: QuarantineAct & { reason: string },
): Promise<Discarded> {
  if (!(await stillHolds(tx, actor.id, 'manage:quarantine'))) return notAllowed;
  const chosen = await lockChosen(tx, group, choice);
  const refusal = refusalOf(choice, chosen.length);
  if (refusal) return refusal;
  await discardRecords(
    tx,
    chosen.map(({ id }) => id),
    { actor, reason },
  );
  await recordEvent(tx, {
    kind: 'quarantine.discarded',
    actor,
    subject: subjectOf(group),
    data: { records: chosen.length, cause: group.cause, field: group.field, reason },
    requestId,
  });
  return { ok: true, records: chosen.length };
}
