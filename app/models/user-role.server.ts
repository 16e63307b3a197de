import { type Permission, holds } from '#app/domain/permissions.ts';
import { system } from '#app/domain/audit.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { PrismaClient } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { recordEvent } from './audit-event.server.ts';
import { activePerson } from './active-person.server.ts';

/** Any number, as long as nothing else locks it. */
const roleChanges = 734_501n;

/**
 * Lets one role change at a time read and write, until its transaction ends. Without it two
 * managers could revoke each other, or two people could both become the first.
 */
export async function lockRoleChanges(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${roleChanges}::bigint)`;
}

/**
 * Lets one change at a time be made to a person and their identity, until its transaction ends: what is
 * written here and what the identity server is told then stay the same. Take it before lockRoleChanges.
 */
export async function lockPerson(tx: Db, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(734502, hashtext(${userId}))`;
}

/** How many can act as managers: the deactivated and those gone from Ory do not count. */
export async function countManagers(db: Db): Promise<number> {
  return db.userRole.count({ where: { role: 'MANAGER', user: activePerson } });
}

/** Whether a user holds a permission as the table stands now, not as it stood when they signed in. */
export async function stillHolds(db: Db, userId: string, permission: Permission): Promise<boolean> {
  const rows = await db.userRole.findMany({
    where: { userId, user: activePerson },
    select: { role: true },
  });
  return holds({ roles: rows.map(({ role }) => role) }, permission);
}

/**
 * Makes the viewer a manager if nobody is one yet and says whether it did. The caller has checked
 * that the viewer's verified address is the one named for it.
 */
export async function appointFirstManager(
  db: PrismaClient,
  viewer: Viewer,
  requestId?: string,
): Promise<boolean> {
  if ((await countManagers(db)) > 0) return false;
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    if ((await countManagers(tx)) > 0) return false;
    await tx.userRole.create({ data: { userId: viewer.id, role: 'MANAGER' } });
    await recordEvent(tx, {
      kind: 'first_manager.granted',
      actor: system,
      subject: { type: 'user', id: viewer.id, name: viewer.name },
      data: { role: 'MANAGER' },
      requestId,
    });
    return true;
  });
}
