import { personName } from '#app/domain/person-name.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { type Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activePerson, isActive } from './active-person.server.ts';
import { holderSelect, inForceOn, mandateOf, mandateSelect } from './mandate.server.ts';
import { workingToday } from './working-calendar.server.ts';

/** What a viewer is made of: a person with whom they stand in for at `now`. */
export const viewerSelect = (now: Date) =>
  ({
    ...holderSelect,
    lastSeenAt: true,
    standIns: {
      where: inForceOn(workingToday(now)),
      select: mandateSelect,
      orderBy: { id: 'asc' },
    },
  }) satisfies Prisma.UserSelect;

export type ViewerRow = Prisma.UserGetPayload<{ select: ReturnType<typeof viewerSelect> }>;

/** A person as the tables stand now, for a check inside the transaction of what they do. */
export async function findViewer(db: Db, id: string, now = new Date()): Promise<Viewer | null> {
  const row = await db.user.findUnique({ where: { id }, select: viewerSelect(now) });
  return row && toViewer(row);
}

/** The people who match, as the tables stand now. */
export async function findViewers(db: Db, where: Prisma.UserWhereInput): Promise<Viewer[]> {
  const select = viewerSelect(new Date());
  const rows = await db.user.findMany({ where, select, orderBy: { name: 'asc' } });
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
  return personName(user.name ?? user.email ?? '') ?? 'Somebody without a name';
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
    standsInFor: active
      ? row.standIns.flatMap((each) => mandateOf(each, displayName(each.user)))
      : [],
  };
}
