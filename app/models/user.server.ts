import type { Viewer } from '#app/domain/roles.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Whose roles count: neither deactivated in BQS nor gone from Ory. */
export const activePerson = {
  deactivatedAt: null,
  deletedAt: null,
} satisfies Prisma.UserWhereInput;

/** The same for SQL, where the users are called `u`. */
export const activeUser = Prisma.sql`u.deactivated_at IS NULL AND u.deleted_at IS NULL`;

/** What a viewer is made of. */
export const viewerSelect = {
  id: true,
  email: true,
  emailVerified: true,
  name: true,
  lastSeenAt: true,
  deactivatedAt: true,
  deletedAt: true,
  roles: { select: { role: true } },
  practices: { select: { practice: { select: { name: true } } } },
} satisfies Prisma.UserSelect;

export type ViewerRow = Prisma.UserGetPayload<{ select: typeof viewerSelect }>;

/** A person as the tables stand now, for a check inside the transaction of what they do. */
export async function findViewer(db: Db, id: string): Promise<Viewer | null> {
  const row = await db.user.findUnique({ where: { id }, select: viewerSelect });
  return row && toViewer(row);
}

/** The people who match, as the tables stand now. */
export async function findViewers(db: Db, where: Prisma.UserWhereInput): Promise<Viewer[]> {
  const rows = await db.user.findMany({ where, select: viewerSelect, orderBy: { name: 'asc' } });
  return rows.map(toViewer);
}

/** Who can grant a role, by name. */
export async function listManagerNames(db: Db): Promise<string[]> {
  const managers = await db.user.findMany({
    where: { ...activePerson, roles: { some: { role: 'MANAGER' } } },
    select: { name: true, email: true },
    orderBy: { name: 'asc' },
    take: 10,
  });
  return managers.map(displayName);
}

/** The user of this id, which may be ours or the identity server's; null where there is none. */
export async function findUserId(db: Db, id: string): Promise<string | null> {
  const user = await db.user.findFirst({
    where: { OR: [{ id }, { oryIdentityId: id }] },
    select: { id: true },
  });
  return user?.id ?? null;
}

/** How a person is called where a name is needed. */
export function displayName(user: { name: string | null; email: string | null }): string {
  return user.name ?? user.email ?? 'Somebody without a name';
}

/** Whether a person's roles count. */
export function isActive(row: Pick<ViewerRow, 'deactivatedAt' | 'deletedAt'>): boolean {
  return row.deactivatedAt === null && row.deletedAt === null;
}

/** Whoever is not active holds nothing: rules that ask for a person's roles need not ask twice. */
export function toViewer(row: ViewerRow): Viewer {
  const active = isActive(row);
  return {
    id: row.id,
    name: displayName(row),
    verifiedEmail: active && row.emailVerified ? row.email : null,
    roles: active ? row.roles.map(({ role }) => role) : [],
    practices: active ? row.practices.map(({ practice }) => practice.name) : [],
  };
}
