import { scopeOf } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { lockCondition } from '#app/models/decision-list.server.ts';
import { findViewer } from '#app/models/user.server.ts';

export type MeetConditionResult =
  { ok: true; message: string } | { ok: false; status: 403 | 404 | 409; message: string };

/** Notes that a condition of a GO is met, and how that is known. */
export async function meetCondition(input: {
  actorId: string;
  conditionId: bigint;
  note: string;
  requestId?: string;
}): Promise<MeetConditionResult> {
  const { actorId, conditionId, note, requestId } = input;
  return db.$transaction(async (tx) => {
    const viewer = await findViewer(tx, actorId);
    // Whoever decides does so on every row, so that no row need be read to say no.
    if (!viewer || !scopeOf(viewer, 'decide:opportunity')?.all) {
      return refused(403, 'You may not say so: your own roles have changed.');
    }
    const found = await lockCondition(tx, conditionId);
    if (!found) return refused(404, 'That is no condition of a decision that stands.');
    const { opportunity, condition, met } = found;
    if (met) return refused(409, `${met.by} was faster: it is noted as met already.`);
    await tx.decisionCondition.update({
      where: { id: conditionId },
      data: { metAt: new Date(), metById: viewer.id, metByName: viewer.name, metNote: note },
    });
    await recordEvent(tx, {
      kind: 'opportunity.condition_met',
      actor: viewer,
      subject: { type: 'opportunity', id: opportunity.id, name: opportunity.name },
      data: { condition, note },
      requestId,
    });
    return { ok: true, message: 'Noted: the condition is met.' };
  });
}

function refused(status: 403 | 404 | 409, message: string): MeetConditionResult {
  return { ok: false, status, message };
}
