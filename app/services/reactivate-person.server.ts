import { refuseReactivation } from '#app/domain/person-state.ts';
import type { Role } from '#app/domain/roles.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { endSessions, setIdentityState } from '#app/lib/ory-admin.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findPerson } from '#app/models/person.server.ts';
import { lockPerson, stillHolds } from '#app/models/user-role.server.ts';
import { personRefused, type PersonChange, type PersonRefused } from './person-change.server.ts';

export type ReactivateResult = { ok: true; name: string; roles: Role[] } | PersonRefused;

/**
 * Lets somebody in again, with the roles they had. Ory comes first: while it cannot be told, nobody is
 * called active who could not sign in. Sessions from before are ended, lest they come back to life.
 */
export function reactivatePerson(change: PersonChange): Promise<ReactivateResult> {
  return db.$transaction((tx) => write(tx, change), { maxWait: 20_000, timeout: 20_000 });
}

async function write(tx: Db, change: PersonChange): Promise<ReactivateResult> {
  const { actor, userId, requestId } = change;
  await lockPerson(tx, userId);
  if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return personRefused('not-allowed');
  const person = await findPerson(tx, userId);
  if (!person) return personRefused('unknown');
  const reason = refuseReactivation(person);
  if (reason) return personRefused(reason);
  const ended = await endSessions(person.oryIdentityId);
  const state = ended.ok ? await setIdentityState(person.oryIdentityId, 'active') : ended;
  if (!state.ok) return personRefused(state.status === 404 ? 'gone' : 'outage');
  await tx.user.update({
    where: { id: userId },
    data: { deactivatedAt: null, deactivatedById: null, identityClosedAt: null },
    select: { id: true },
  });
  await recordEvent(tx, {
    kind: 'person.reactivated',
    actor,
    subject: { type: 'user', id: userId, name: person.name },
    data: { roles: person.roles, inOry: false },
    requestId,
  });
  return { ok: true, name: person.name, roles: person.roles };
}
