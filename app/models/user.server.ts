import type { Viewer } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { holderSelect, inForceOn, mandateOf, mandateSelect } from './mandate.server.ts';
import { workingToday } from './working-calendar.server.ts';

/** What the identity server says of a person. `email` is in lower case. */
export interface Identity {
  id: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

const seenEvery = 5 * 60_000;

/** A person with whom they stand in for at `now`. */
const viewerSelect = (now: Date) =>
  ({
    ...holderSelect,
    lastSeenAt: true,
    standIns: {
      where: inForceOn(workingToday(now)),
      select: mandateSelect,
      orderBy: { id: 'asc' },
    },
  }) satisfies Prisma.UserSelect;

type ViewerRow = Prisma.UserGetPayload<{ select: ReturnType<typeof viewerSelect> }>;

/**
 * The person behind an identity, mirrored at their first request and written again only when the
 * address, its verification or the name has changed.
 */
export async function mirrorIdentity(
  db: Db,
  identity: Identity,
  now = new Date(),
): Promise<Viewer> {
  const where = { oryIdentityId: identity.id };
  const select = viewerSelect(now);
  let row = await db.user.findUnique({ where, select });
  if (!row || !matches(row, identity)) {
    const { email, emailVerified, name } = identity;
    const values = { email, emailVerified, name };
    await db.user.upsert({ where, create: { ...where, ...values }, update: values });
    row = await db.user.findUniqueOrThrow({ where, select });
  }
  await noteSeen(db, row, now);
  return toViewer(row);
}

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
    where: { roles: { some: { role: 'MANAGER' } } },
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

function matches(row: ViewerRow, identity: Identity): boolean {
  return (
    row.email === identity.email &&
    row.emailVerified === identity.emailVerified &&
    row.name === identity.name
  );
}

/** At most one write in five minutes, however many requests come at once. */
async function noteSeen(db: Db, row: ViewerRow, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenEvery);
  if (row.lastSeenAt && row.lastSeenAt >= before) return;
  await db.user.updateMany({
    where: { id: row.id, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: before } }] },
    data: { lastSeenAt: now },
  });
}

function toViewer(row: ViewerRow): Viewer {
  return {
    id: row.id,
    name: displayName(row),
    verifiedEmail: row.emailVerified ? row.email : null,
    roles: row.roles.map(({ role }) => role),
    practices: row.practices.map(({ practice }) => practice.name),
    standsInFor: row.standIns.flatMap((each) => mandateOf(each, displayName(each.user))),
  };
}
