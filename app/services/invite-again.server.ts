import { refuseInvitingAgain } from '#app/domain/person-state.ts';
import { db } from '#app/lib/db.server.ts';
import { getIdentity } from '#app/lib/ory-admin.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findPerson } from '#app/models/person.server.ts';
import { lockPerson, stillHolds } from '#app/models/user-role.server.ts';
import { personRefused, type PersonChange, type PersonRefused } from './person-change.server.ts';
import { makeWayIn, type WayIn } from './way-in.server.ts';

export type InviteAgainResult =
  { ok: true; name: string; email: string; way: WayIn } | PersonRefused;

/**
 * Makes another code for somebody who was invited and never came. Whoever has come has an account of
 * their own, into which no manager is let.
 */
export function inviteAgain(change: PersonChange): Promise<InviteAgainResult> {
  const { actor, userId, requestId } = change;
  return db.$transaction(
    async (tx) => {
      await lockPerson(tx, userId);
      if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return personRefused('not-allowed');
      const person = await findPerson(tx, userId);
      if (!person) return personRefused('unknown');
      const reason = refuseInvitingAgain(person);
      if (reason) return personRefused(reason);
      const identity = await getIdentity(person.oryIdentityId);
      if (!identity.ok) return personRefused('outage');
      if (!identity.value) return personRefused('gone');
      const { name } = person;
      const email = identity.value.email ?? person.email ?? '';
      const way = await makeWayIn({ oryIdentityId: person.oryIdentityId, name, email });
      if (!way) return personRefused('outage');
      const data = { invitedAt: new Date(), invitedById: actor.id };
      await tx.user.update({ where: { id: userId }, data, select: { id: true } });
      await recordEvent(tx, {
        kind: 'person.invited_again',
        actor,
        subject: { type: 'user', id: userId, name },
        data: { email },
        requestId,
      });
      return { ok: true as const, name, email, way };
    },
    { maxWait: 20_000, timeout: 40_000 },
  );
}
