import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import {
  countChosen,
  lockChosen,
  type ChosenRecord,
} from '#app/models/quarantine-choice.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import {
  notAllowed,
  refusalOf,
  refuse,
  subjectOf,
  type QuarantineAct,
  type Refused,
} from './quarantine-outcome.server.ts';
import { orderPatience, placeOrder, ringFor, type SyncTargetInput } from './request-sync.server.ts';

/** More would keep the next sync waiting for long, since each is asked for by itself. */
const mostAtOnce = 5000;

export type Replayed = { ok: true; runId: string; records: number; left: number } | Refused;

/** Orders a run that goes to records in quarantine one by one and applies what can be applied by now. */
export async function replayQuarantined(act: QuarantineAct): Promise<Replayed> {
  const replayed = await db.$transaction((tx) => orderReplay(tx, act), orderPatience);
  if (replayed.ok) await ringFor(replayed.runId);
  return replayed;
}

async function orderReplay(
  tx: Db,
  { actor, group, choice, requestId }: QuarantineAct,
): Promise<Replayed> {
  if (!(await stillHolds(tx, actor.id, 'manage:quarantine'))) return notAllowed;
  const chosen = await lockChosen(tx, group, choice, mostAtOnce);
  // Counted once they are locked: nobody settles them any more, and there may be more of them.
  const found = await countChosen(tx, group, choice);
  const refusal = refusalOf(choice, found);
  if (refusal) return refusal;
  const targets = chosen.map(targetOf);
  const ordered = await placeOrder(tx, {
    mode: 'INCREMENTAL',
    purpose: 'REPLAY',
    targets,
    actor,
    requestId,
  });
  if (!ordered.ok) {
    return refuse(
      409,
      `Sync run ${ordered.runId} is running, and only one can. Wait for it or stop it, then replay again.`,
    );
  }
  const records = targets.length;
  await recordEvent(tx, {
    kind: 'quarantine.replay_requested',
    actor,
    subject: subjectOf(group),
    data: { records, runId: ordered.runId },
    requestId,
  });
  return { ok: true, runId: ordered.runId, records, left: found - records };
}

function targetOf({ id, remoteId, remoteNumber }: ChosenRecord): SyncTargetInput {
  const usable = remoteId !== null && /^[1-9]\d{0,17}$/.test(remoteId);
  return { quarantineId: id, remoteId: usable ? BigInt(remoteId) : null, remoteNumber };
}
