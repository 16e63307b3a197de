import { formatDay } from '#app/domain/day.ts';
import { mayEnd } from '#app/domain/stand-in-change.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findStandIn } from '#app/models/stand-in.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { lockRoleChanges } from '#app/models/user-role.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';

export type EndedStandIn =
  { ok: true; message: string } | { ok: false; status: 404 | 409; message: string };

/** Ends a stand-in at once, before its last day. To whom it does not concern it is not there. */
export function endStandIn(asked: {
  actorId: string;
  id: bigint;
  requestId?: string;
}): Promise<EndedStandIn> {
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    const actor = await findViewer(tx, asked.actorId);
    const found = actor && (await findStandIn(tx, asked.id));
    const concerned = found && { absentId: found.absent.id, standInId: found.standIn.id };
    if (!actor || !found || !concerned || !mayEnd(actor, concerned)) {
      return { ok: false, status: 404, message: 'There is no such stand-in of yours.' };
    }
    if (found.ended || found.to < workingToday()) {
      const message = found.ended
        ? `It is over already: ${found.ended.by} ended it.`
        : `It is over already: its last day was ${formatDay(found.to)}.`;
      return { ok: false, status: 409, message };
    }
    await tx.standIn.update({
      where: { id: asked.id },
      data: { endedAt: new Date(), endedByName: actor.name },
      select: { id: true },
    });
    await recordEvent(tx, {
      kind: 'stand_in.ended',
      actor: { id: actor.id, name: actor.name },
      subject: { type: 'user', id: found.absent.id, name: found.absent.name },
      data: { role: found.role, standIn: found.standIn.name, to: found.to },
      requestId: asked.requestId,
    });
    return {
      ok: true,
      message: `${found.standIn.name} does not stand in for ${found.absent.name} any more.`,
    };
  });
}
