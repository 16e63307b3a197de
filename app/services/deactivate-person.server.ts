import { refuseDeactivation } from '#app/domain/person-state.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { countOpenWork } from '#app/models/open-work.server.ts';
import { findPerson } from '#app/models/person.server.ts';
import { displayName } from '#app/models/user.server.ts';
import {
  countManagers,
  lockPerson,
  lockRoleChanges,
  stillHolds,
} from '#app/models/user-role.server.ts';
import { closeIdentity } from './close-identity.server.ts';
import { personRefused, type PersonChange, type PersonRefused } from './person-change.server.ts';

export type DeactivateResult =
  | {
      ok: true;
      name: string;
      /** False where Ory has still to be told. */ closed: boolean;
      left: number;
    }
  | PersonRefused;

/**
 * Ends somebody's part in BQS. The row comes first: from its commit on they are refused here, whether or
 * not Ory can be reached; then their identity is made inactive and its sessions are ended.
 */
export async function deactivatePerson(change: PersonChange): Promise<DeactivateResult> {
  const written = await db.$transaction((tx) => write(tx, change), {
    maxWait: 20_000,
    timeout: 20_000,
  });
  if (!written.ok) return written;
  return { ...written, closed: await closeIdentity(change.userId) };
}

/** Why this person is not to be deactivated now; null where they may be. */
export async function reasonToKeep(
  tx: Db,
  { actor, userId }: PersonChange,
): Promise<PersonRefused | null> {
  if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return personRefused('not-allowed');
  const person = await findPerson(tx, userId);
  if (!person) return personRefused('unknown');
  const manager = person.roles.includes('MANAGER');
  const managers = await countManagers(tx);
  const reason = refuseDeactivation({ ...person, manager }, { actorId: actor.id, managers });
  if (reason !== 'deactivated-already' || !person.deactivatedBy) {
    return reason && personRefused(reason);
  }
  const message = `${person.deactivatedBy} has deactivated ${person.name} already.`;
  return { ok: false, reason, message };
}

async function write(tx: Db, change: PersonChange) {
  const { actor, userId, requestId } = change;
  await lockPerson(tx, userId);
  await lockRoleChanges(tx);
  const refusal = await reasonToKeep(tx, change);
  if (refusal) return refusal;
  const left = await countOpenWork(tx, userId);
  const row = await tx.user.update({
    where: { id: userId },
    data: { deactivatedAt: new Date(), deactivatedById: actor.id, identityClosedAt: null },
    select: { name: true, email: true },
  });
  const name = displayName(row);
  await recordEvent(tx, {
    kind: 'person.deactivated',
    actor,
    subject: { type: 'user', id: userId, name },
    data: { left, inOry: false },
    requestId,
  });
  return { ok: true as const, name, left };
}
