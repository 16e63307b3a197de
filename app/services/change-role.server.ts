import { refusalWords, type ChangeRefusal } from '#app/domain/role-change.ts';
import { refuseRoleChange, type Role } from '#app/domain/roles.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { displayName } from '#app/models/user.server.ts';
import { countManagers, lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';

export interface RoleChange {
  actor: { id: string; name: string };
  /** users.id of the person whose role changes. */
  userId: string;
  role: Role;
  requestId?: string;
}

export type RoleChangeResult =
  | { ok: true; /** False where it was so already. */ changed: boolean; name: string }
  | { ok: false; reason: ChangeRefusal; message: string };

/**
 * Grants or revokes a role in one transaction, one such change at a time. Whether the actor may is
 * read inside it: a manager who lost the role a moment ago is refused. Refusals are audited too.
 */
export function changeRole(change: RoleChange, grant: boolean): Promise<RoleChangeResult> {
  // Whoever holds the lock of all role changes may be slow, and many may wait for it.
  return db.$transaction((tx) => changeRoleIn(tx, change, grant), {
    maxWait: 20_000,
    timeout: 20_000,
  });
}

/** The same inside a transaction that changes more. */
export async function changeRoleIn(
  tx: Db,
  change: RoleChange,
  grant: boolean,
): Promise<RoleChangeResult> {
  await lockRoleChanges(tx);
  const holder = await findHolder(tx, change);
  if (!holder) return refused('unknown-user', change.role);
  const reason = await reasonAgainst(tx, change, grant, holder.counts);
  if (reason) {
    await recordEvent(tx, {
      kind: 'role.change_refused',
      ...about(change, holder.name),
      data: { role: change.role, grant, reason },
    });
    return refused(reason, change.role);
  }
  if (holder.holds === grant) return { ok: true, changed: false, name: holder.name };
  await write(tx, change, grant);
  await recordEvent(tx, {
    kind: grant ? 'role.granted' : 'role.revoked',
    ...about(change, holder.name),
    data: { role: change.role },
  });
  return { ok: true, changed: true, name: holder.name };
}

async function findHolder(tx: Db, { userId, role }: RoleChange) {
  const user = await tx.user.findUnique({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      deactivatedAt: true,
      deletedAt: true,
      roles: { where: { role }, select: { role: true } },
    },
  });
  if (!user) return null;
  const holds = user.roles.length > 0;
  const active = user.deactivatedAt === null && user.deletedAt === null;
  return { name: displayName(user), holds, counts: holds && active };
}

async function reasonAgainst(
  tx: Db,
  { actor, userId, role }: RoleChange,
  grant: boolean,
  counts: boolean,
): Promise<ChangeRefusal | null> {
  if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return 'not-allowed';
  const managers = await countManagers(tx);
  const reason = refuseRoleChange({ actorId: actor.id, holderId: userId, role, grant, managers });
  // Taking the role from somebody who does not hold it, or can no longer act, takes nothing from the
  // last manager.
  return reason === 'last-manager' && !counts ? null : reason;
}

async function write(tx: Db, { actor, userId, role }: RoleChange, grant: boolean): Promise<void> {
  if (grant) await tx.userRole.create({ data: { userId, role, grantedById: actor.id } });
  else await tx.userRole.delete({ where: { userId_role: { userId, role } } });
}

function about({ actor, userId, requestId }: RoleChange, name: string) {
  return { actor, subject: { type: 'user' as const, id: userId, name }, requestId };
}

function refused(reason: ChangeRefusal, role: Role): RoleChangeResult {
  return { ok: false, reason, message: refusalWords(reason, role) };
}
