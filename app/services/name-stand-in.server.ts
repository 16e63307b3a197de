import type { StandInRole } from '#app/domain/mandate.ts';
import {
  refuseStandIn,
  standInRefusalWords,
  type StandInRefusal,
} from '#app/domain/stand-in-change.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { hasDouble } from '#app/models/stand-in.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { lockRoleChanges } from '#app/models/user-role.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';

export interface NamedStandIn {
  actorId: string;
  /** users.id of who is away. */
  userId: string;
  standInId: string;
  role: StandInRole;
  /** YYYY-MM-DD, both included. */
  from: string;
  to: string;
  requestId?: string;
}

export type StandInOutcome =
  | { ok: true; message: string }
  | { ok: false; reason: StandInRefusal | 'unknown'; status: 403 | 409; message: string };

/**
 * Names who stands in for somebody, in one transaction that no role change comes between. A refusal goes on
 * the record, since it is an attempt to pass authority on.
 */
export function nameStandIn(named: NamedStandIn): Promise<StandInOutcome> {
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    const actor = await findViewer(tx, named.actorId);
    const absent = await findViewer(tx, named.userId);
    const standIn = await findViewer(tx, named.standInId);
    if (!actor || !absent || !standIn) return unknown;
    const { role, from, to, requestId } = named;
    const change = { actor, absent, standIn, role, from, to, today: workingToday() };
    const reason = refuseStandIn(change) ?? ((await hasDouble(tx, named)) ? 'double' : null);
    const subject = { type: 'user' as const, id: absent.id, name: absent.name };
    const about = { actor: { id: actor.id, name: actor.name }, subject, requestId };
    if (reason) {
      const data = { role, standIn: standIn.name, reason };
      if (oversteps(reason)) await recordEvent(tx, { kind: 'stand_in.refused', ...about, data });
      const names = { absent: absent.name, standIn: standIn.name, role };
      const status = oversteps(reason) ? 403 : 409;
      return { ok: false, reason, status, message: standInRefusalWords(reason, names) };
    }
    await write(tx, named, actor);
    const data = { role, standIn: standIn.name, from, to };
    await recordEvent(tx, { kind: 'stand_in.named', ...about, data });
    return { ok: true, message: `${standIn.name} stands in for ${absent.name}.` };
  });
}

const unknown: StandInOutcome = {
  ok: false,
  reason: 'unknown',
  status: 409,
  message: 'There is no such person in BQS.',
};

/** What was typed wrong is nobody's concern. */
function oversteps(reason: StandInRefusal): boolean {
  return reason === 'not-allowed' || reason === 'own-appointment';
}

async function write(tx: Db, named: NamedStandIn, actor: { id: string; name: string }) {
  const { userId, standInId, role, from, to } = named;
  await tx.standIn.create({
    data: {
      userId,
      standInId,
      role,
      fromDay: new Date(from),
      toDay: new Date(to),
      createdById: actor.id,
      createdByName: actor.name,
    },
  });
}
