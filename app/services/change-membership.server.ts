import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { displayName } from '#app/models/user.server.ts';
import { lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';

export interface MembershipChange {
  actor: { id: string; name: string };
  userId: string;
  practiceId: bigint;
  requestId?: string;
}

export type MembershipResult =
  | { ok: true; changed: boolean; name: string; practice: string }
  | { ok: false; reason: 'not-allowed' | 'unknown'; message: string };

/** Puts a person into a practice or takes them out of it, in one transaction with its audit event. */
export function changeMembership(
  change: MembershipChange,
  member: boolean,
): Promise<MembershipResult> {
  return db.$transaction((tx) => changeMembershipIn(tx, change, member));
}

/** The same inside a transaction that changes more. */
export async function changeMembershipIn(
  tx: Db,
  change: MembershipChange,
  member: boolean,
): Promise<MembershipResult> {
  const { actor, userId, practiceId, requestId } = change;
  await lockRoleChanges(tx);
  if (!(await stillHolds(tx, actor.id, 'manage:roles'))) {
    return refused('not-allowed', 'You may not change practices: your own roles have changed.');
  }
  const user = await tx.user.findUnique({ where: { id: userId } });
  const practice = await tx.practice.findUnique({ where: { id: practiceId } });
  if (!user || !practice) return refused('unknown', 'There is no such person or practice.');
  const changed = await write(tx, userId, practiceId, member);
  const name = displayName(user);
  if (changed) {
    await recordEvent(tx, {
      kind: member ? 'practice.member_added' : 'practice.member_removed',
      actor,
      subject: { type: 'user', id: userId, name },
      data: { practiceId: String(practiceId), practice: practice.name },
      requestId,
    });
  }
  return { ok: true, changed, name, practice: practice.name };
}

async function write(tx: Db, userId: string, practiceId: bigint, member: boolean) {
  const data = { userId, practiceId };
  const { count } = member
    ? await tx.userPractice.createMany({ data, skipDuplicates: true })
    : await tx.userPractice.deleteMany({ where: data });
  return count > 0;
}

function refused(reason: 'not-allowed' | 'unknown', message: string): MembershipResult {
  return { ok: false, reason, message };
}
