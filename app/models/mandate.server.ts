import { standInRoles, type Mandate } from '#app/domain/mandate.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { isActive } from './active-person.server.ts';
import { workingToday } from './working-calendar.server.ts';

/** What a person's authority is read from. */
export const holderSelect = {
  id: true,
  email: true,
  emailVerified: true,
  name: true,
  deactivatedAt: true,
  deletedAt: true,
  roles: { select: { role: true } },
  practices: { select: { practice: { select: { name: true } } } },
} satisfies Prisma.UserSelect;

export const mandateSelect = {
  role: true,
  toDay: true,
  user: { select: holderSelect },
} satisfies Prisma.StandInSelect;

/** The stand-ins of a day, YYYY-MM-DD. */
export function inForceOn(today: string): Prisma.StandInWhereInput {
  const day = new Date(today);
  return { endedAt: null, fromDay: { lte: day }, toDay: { gte: day } };
}

/**
 * What a stand-in acts on, from the absent person's roles as they are now: none where the role is not theirs
 * any more, or where they are not active. Whom the absent person stands in for is not looked at, so nothing is passed on.
 */
export function mandateOf(
  row: Prisma.StandInGetPayload<{ select: typeof mandateSelect }>,
  name: string,
): Mandate[] {
  const { user } = row;
  const role = standInRoles.find((each) => each === row.role);
  if (!role || !isActive(user) || !user.roles.some((held) => held.role === role)) return [];
  return [
    {
      role,
      absent: { id: user.id, name },
      practices: user.practices.map(({ practice }) => practice.name),
      verifiedEmail: user.emailVerified ? user.email : null,
      until: row.toDay.toISOString().slice(0, 10),
    },
  ];
}

/** These people, who hold the role, and whoever stands in for one of them in it today. */
export async function withStandIns(db: Db, role: Role, ids: string[]): Promise<string[]> {
  const rows = await db.standIn.findMany({
    where: {
      ...inForceOn(workingToday()),
      role,
      userId: { in: ids },
      standIn: { roles: { some: {} } },
    },
    select: { standInId: true },
  });
  return [...new Set([...ids, ...rows.map(({ standInId }) => standInId)])];
}
