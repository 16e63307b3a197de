import { system, type AuditInput } from '#app/domain/audit.ts';
import type { CheckCounts } from '#app/domain/identity-check.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { endSessions, getIdentity, type KnownIdentity } from '#app/lib/ory-admin.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import type { MirroredPerson } from '#app/models/identity-check.server.ts';
import { followIdentity } from '#app/models/mirror.server.ts';
import { notify, peopleHolding } from '#app/models/notification.server.ts';
import { countOpenWork } from '#app/models/open-work.server.ts';
import { findPerson } from '#app/models/person.server.ts';
import { lockPerson } from '#app/models/user-role.server.ts';
import { closeIdentity } from './close-identity.server.ts';

/** Brings one person in line with their identity, and counts what it took. */
export async function settleIdentity(
  person: MirroredPerson,
  identity: KnownIdentity,
  counts: CheckCounts,
): Promise<void> {
  const followed = await followIdentity(db, person, identity);
  if (followed !== 'unchanged') counts[followed] += 1;
  if (person.deactivatedAt === null) {
    if (!identity.active && (await followState(person, 'inactive'))) counts.deactivated += 1;
  } else if (identity.active && person.deactivatedById === null) {
    // What was switched off in Ory is switched on there.
    if (await followState(person, 'active')) counts.reactivated += 1;
  } else if (identity.active || person.identityClosedAt === null) {
    if (await closeIdentity(person.id)) counts.closed += 1;
  }
}

/** The identity of this person is gone; they stay as a name, and managers hear of it. */
export async function markGone(person: MirroredPerson): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await lockPerson(tx, person.id);
    const where = { id: person.id, deletedAt: null };
    const { count } = await tx.user.updateMany({ where, data: { deletedAt: new Date() } });
    if (count === 0) return false;
    const left = await countOpenWork(tx, person.id);
    await leaveWord(tx, person, { kind: 'person.identity_gone', data: { left } });
    await tellManagers(tx, person, 'is gone from Ory', left);
    return true;
  });
}

/** Asked once more under the lock: a manager may have changed the state since the page was read. */
async function followState(person: MirroredPerson, state: 'active' | 'inactive'): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      await lockPerson(tx, person.id);
      const [row, identity] = [
        await findPerson(tx, person.id),
        await getIdentity(person.oryIdentityId),
      ];
      const off = state === 'inactive';
      const stands = row && Boolean(row.deactivatedAt) !== off;
      if (!stands || !identity.ok || identity.value?.active !== !off) return false;
      const ended = await endSessions(person.oryIdentityId);
      const at = off ? new Date() : null;
      await tx.user.update({
        where: { id: person.id },
        data: { deactivatedAt: at, deactivatedById: null, identityClosedAt: ended.ok ? at : null },
        select: { id: true },
      });
      const left = off ? await countOpenWork(tx, person.id) : 0;
      const { roles } = row;
      await leaveWord(
        tx,
        person,
        off
          ? { kind: 'person.deactivated', data: { left, inOry: true } }
          : { kind: 'person.reactivated', data: { roles, inOry: true } },
      );
      if (off) await tellManagers(tx, person, 'was switched off in Ory', left);
      return true;
    },
    { maxWait: 20_000, timeout: 20_000 },
  );
}

type Word = Pick<AuditInput, 'kind' | 'data'>;

async function leaveWord(tx: Db, person: MirroredPerson, word: Word): Promise<void> {
  const subject = { type: 'user' as const, id: person.id, name: person.name ?? person.email };
  await recordEvent(tx, { ...word, actor: system, subject } as AuditInput);
}

async function tellManagers(tx: Db, person: MirroredPerson, what: string, left: number) {
  const name = person.name ?? person.email ?? 'Somebody without a name';
  await notify(tx, await peopleHolding(tx, 'manage:roles'), {
    topic: 'people',
    title: `${name} ${what}`,
    body:
      left === 0
        ? 'Their roles no longer count. Nothing waits for them alone.'
        : `Their roles no longer count. Open work waits for somebody to take it over: ${left}.`,
    path: left === 0 ? `/people/${person.id}` : `/people/${person.id}/deactivate`,
    opportunityId: null,
  });
}
