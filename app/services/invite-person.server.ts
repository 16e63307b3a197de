import { personName } from '#app/domain/person-name.ts';
import type { Invitation } from '#app/domain/invitation.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { log } from '#app/lib/log.server.ts';
import {
  createIdentity,
  deleteIdentity,
  findIdentityByEmail,
  type KnownIdentity,
} from '#app/lib/ory-admin.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findPersonByEmail } from '#app/models/person.server.ts';
import { displayName } from '#app/models/user.server.ts';
import { lockPerson, lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';
import { personRefused } from './person-change.server.ts';
import { makeWayIn, type WayIn } from './way-in.server.ts';

interface Inviting {
  actor: { id: string; name: string };
  invitation: Invitation;
  requestId?: string;
}

export type InviteResult =
  | { ok: true; id: string; name: string; email: string; way: WayIn | null }
  | {
      ok: false;
      reason:
        'not-allowed' | 'exists' | 'exists-in-ory' | 'refused' | 'unknown-practice' | 'outage';
      message: string;
      /** Whoever has the address already. */
      person?: { id: string; name: string };
    };

type Refusal = Extract<InviteResult, { ok: false }>;

/**
 * Makes an identity for somebody, mirrors it with roles and practices, and makes the way in. Where the row
 * cannot be written the identity is taken back; one that stays behind bears our mark, and the next
 * invitation of its address goes on with it.
 */
export async function invitePerson(inviting: Inviting): Promise<InviteResult> {
  const { email } = inviting.invitation;
  if (!(await stillHolds(db, inviting.actor.id, 'manage:roles'))) return notAllowed;
  const known = await findPersonByEmail(db, email);
  if (known) return exists(known);
  const made = await makeIdentity(inviting.invitation);
  if ('ok' in made) return made;
  let written: Awaited<ReturnType<typeof write>>;
  try {
    written = await db.$transaction((tx) => write(tx, inviting, made), patience);
  } catch (error) {
    await takeBack(made.id);
    throw error;
  }
  if (!written.ok) {
    await takeBack(made.id);
    return written;
  }
  const way = await makeWayIn({ oryIdentityId: made.id, name: written.name, email });
  return { ...written, email, way };
}

const patience = { maxWait: 20_000, timeout: 20_000 };

const notAllowed: Refusal = {
  ok: false,
  reason: 'not-allowed',
  message: personRefused('not-allowed').message,
};

function exists(person: { id: string; name: string }): Refusal {
  const message = `This address is ${person.name}'s, who is in BQS already.`;
  return { ok: false, reason: 'exists', message, person };
}

/** The new identity, or the one that an invitation which came to nothing has left. */
async function makeIdentity(invitation: Invitation): Promise<KnownIdentity | Refusal> {
  const { email, first, last } = invitation;
  const made = await createIdentity({ email, name: { first, last } });
  if (made.ok) return made.value;
  if (made.status === 400) {
    const message = 'Ory does not take this address or name: check how they are written.';
    return { ok: false, reason: 'refused', message };
  }
  const found = made.status === 409 ? await findIdentityByEmail(email) : made;
  if (!found.ok) {
    log.warn({ cause: found.cause }, 'no identity could be made');
    const { message } = personRefused('outage');
    return { ok: false, reason: 'outage', message };
  }
  const identity = found.value;
  const row = identity && (await rowOf(db, identity.id));
  if (row) return exists(row);
  if (identity?.invited) return identity;
  // Whoever made the account may not be who is meant, so it gets no role and no code by this way.
  const message =
    'Somebody has an account with this address, but has never been in BQS. Ask them to sign in once; then they are in the list and you can grant roles.';
  return { ok: false, reason: 'exists-in-ory', message };
}

async function rowOf(tx: Db, oryIdentityId: string) {
  const select = { id: true, name: true, email: true };
  const row = await tx.user.findUnique({ where: { oryIdentityId }, select });
  return row && { id: row.id, name: displayName(row) };
}

async function write(tx: Db, { actor, invitation, requestId }: Inviting, identity: KnownIdentity) {
  // By the identity, for want of a row: who takes one back waits for Ory, and role changes must not.
  await lockPerson(tx, identity.id);
  await lockRoleChanges(tx);
  if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return notAllowed;
  const faster = await rowOf(tx, identity.id);
  if (faster) return exists(faster);
  const practices = await tx.practice.findMany({ where: { id: { in: invitation.practices } } });
  if (practices.length < new Set(invitation.practices).size) {
    const message = 'One of the practices was removed in the meantime. Choose again.';
    return { ok: false as const, reason: 'unknown-practice' as const, message };
  }
  const roles = [...new Set(invitation.roles)];
  // As the identity server gives it back, so that their first visit changes nothing.
  const name = personName(`${invitation.first} ${invitation.last}`) ?? invitation.email;
  const { id } = await tx.user.create({
    data: {
      ...{ oryIdentityId: identity.id, email: invitation.email, emailVerified: false, name },
      ...{ invitedAt: new Date(), invitedById: actor.id },
      roles: { create: roles.map((role) => ({ role, grantedById: actor.id })) },
      practices: { create: practices.map((practice) => ({ practiceId: practice.id })) },
    },
    select: { id: true },
  });
  await recordEvent(tx, {
    kind: 'person.invited',
    actor,
    subject: { type: 'user', id, name },
    data: { email: invitation.email, roles, practices: practices.map((each) => each.name) },
    requestId,
  });
  return { ok: true as const, id, name };
}

/** Unless another invitation has taken it on in the meantime, the identity is deleted again. */
async function takeBack(identityId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockPerson(tx, identityId);
    if (await rowOf(tx, identityId)) return;
    const taken = await deleteIdentity(identityId);
    if (!taken.ok) log.warn({ identityId, cause: taken.cause }, 'an identity stayed behind');
  }, patience);
}
