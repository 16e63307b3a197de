import { db } from '#app/lib/db.server.ts';
import { log } from '#app/lib/log.server.ts';
import { endSessions, setIdentityState } from '#app/lib/ory-admin.server.ts';
import { lockPerson } from '#app/models/user-role.server.ts';

/**
 * Makes a deactivated person's identity inactive in Ory and ends its sessions, and notes that this is
 * done. False while Ory does not do it: BQS refuses the person all the same, and this can be tried again.
 */
export async function closeIdentity(userId: string): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      await lockPerson(tx, userId);
      const where = { id: userId, deactivatedAt: { not: null } };
      const person = await tx.user.findFirst({ where, select: { oryIdentityId: true } });
      // Reactivated in the meantime: nothing is left to close.
      if (!person) return true;
      const { oryIdentityId: id } = person;
      const state = await setIdentityState(id, 'inactive');
      // Who is gone cannot sign in either.
      const closed = state.ok || state.status === 404 ? await endSessions(id) : state;
      if (!closed.ok) {
        log.warn({ cause: closed.cause }, 'an identity could not be closed in Ory');
        return false;
      }
      await tx.user.updateMany({ where, data: { identityClosedAt: new Date() } });
      return true;
    },
    { maxWait: 20_000, timeout: 20_000 },
  );
}
