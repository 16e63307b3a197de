import type { PersonFacts } from '#app/domain/person-state.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { displayName } from './user.server.ts';

/** One person with everything a manager sees of them. */
export interface PersonDetail extends PersonFacts {
  id: string;
  oryIdentityId: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
  createdAt: Date;
  identityClosedAt: Date | null;
  identityCheckedAt: Date | null;
  /** Names; null where nobody in BQS did it. */
  invitedBy: string | null;
  deactivatedBy: string | null;
  roles: Role[];
  practices: { id: string; name: string }[];
}

const named = { select: { name: true, email: true } } as const;

const detailSelect = {
  id: true,
  oryIdentityId: true,
  name: true,
  email: true,
  emailVerified: true,
  createdAt: true,
  lastSeenAt: true,
  invitedAt: true,
  deactivatedAt: true,
  deletedAt: true,
  identityClosedAt: true,
  identityCheckedAt: true,
  invitedBy: named,
  deactivatedBy: named,
  roles: { select: { role: true } },
  practices: {
    select: { practice: { select: { id: true, name: true } } },
    orderBy: { practice: { name: 'asc' } },
  },
} satisfies Prisma.UserSelect;

/** The person of this id; null where there is none. */
export async function findPerson(db: Db, id: string): Promise<PersonDetail | null> {
  const row = await db.user.findUnique({ where: { id }, select: detailSelect });
  if (!row) return null;
  return {
    ...row,
    name: displayName(row),
    invitedBy: row.invitedBy && displayName(row.invitedBy),
    deactivatedBy: row.deactivatedBy && displayName(row.deactivatedBy),
    roles: row.roles.map(({ role }) => role),
    practices: row.practices.map(({ practice }) => ({ ...practice, id: `${practice.id}` })),
  };
}

/** Whoever has this address and is not gone; null where nobody has. `email` is in lower case. */
export async function findPersonByEmail(
  db: Db,
  email: string,
): Promise<{ id: string; name: string } | null> {
  const row = await db.user.findFirst({
    where: { email, deletedAt: null },
    select: { id: true, name: true, email: true },
  });
  return row && { id: row.id, name: displayName(row) };
}
