import type { StandInRole } from '#app/domain/mandate.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { isActive } from './active-person.server.ts';
import { inForceOn } from './mandate.server.ts';
import { displayName } from './user.server.ts';

/** One stand-in as it is listed. Days are YYYY-MM-DD, both included. */
export interface StandIn {
  id: string;
  absent: { id: string; name: string };
  standIn: { id: string; name: string };
  role: Role;
  from: string;
  to: string;
  createdBy: string;
  createdAt: Date;
  ended: { at: Date; by: string } | null;
  /** Why it gives nothing although its day has come; null where it does. */
  void: 'role-lost' | 'stand-in-without-role' | null;
}

const personSelect = {
  id: true,
  name: true,
  email: true,
  deactivatedAt: true,
  deletedAt: true,
  roles: { select: { role: true } },
} satisfies Prisma.UserSelect;

const standInSelect = {
  id: true,
  role: true,
  fromDay: true,
  toDay: true,
  createdByName: true,
  createdAt: true,
  endedAt: true,
  endedByName: true,
  user: { select: personSelect },
  standIn: { select: personSelect },
} satisfies Prisma.StandInSelect;

type Row = Prisma.StandInGetPayload<{ select: typeof standInSelect }>;

/** Those that are, or will be, the first to begin first. `of` narrows to one person's, on either side. */
export async function listOpenStandIns(
  db: Db,
  { of, today }: { of: string | null; today: string },
): Promise<StandIn[]> {
  const rows = await db.standIn.findMany({
    where: { ...concerning(of), endedAt: null, toDay: { gte: new Date(today) } },
    select: standInSelect,
    orderBy: [{ fromDay: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toStandIn);
}

/** Who stands in for this person today. */
export async function listStandInsFor(db: Db, userId: string, today: string) {
  const rows = await db.standIn.findMany({
    where: { ...inForceOn(today), userId },
    select: standInSelect,
    orderBy: { id: 'asc' },
  });
  const found = rows.map(toStandIn).filter((row) => row.void === null);
  return found.map(({ standIn, role, to }) => ({ name: standIn.name, role, until: to }));
}

/** Those that are over, the last to end first. */
export async function listPastStandIns(
  db: Db,
  { of, today, limit }: { of: string | null; today: string; limit: number },
): Promise<{ rows: StandIn[]; total: number }> {
  const where = {
    AND: [concerning(of), { OR: [{ endedAt: { not: null } }, { toDay: { lt: new Date(today) } }] }],
  };
  const [rows, total] = await Promise.all([
    db.standIn.findMany({
      where,
      select: standInSelect,
      orderBy: [{ toDay: 'desc' }, { id: 'desc' }],
      take: limit,
    }),
    db.standIn.count({ where }),
  ]);
  return { rows: rows.map(toStandIn), total };
}

export async function findStandIn(db: Db, id: bigint): Promise<StandIn | null> {
  const row = await db.standIn.findUnique({ where: { id }, select: standInSelect });
  return row && toStandIn(row);
}

/** Whether this pair has one in the role on any of these days. */
export async function hasDouble(
  db: Db,
  asked: { userId: string; standInId: string; role: StandInRole; from: string; to: string },
): Promise<boolean> {
  const { userId, standInId, role, from, to } = asked;
  const days = { fromDay: { lte: new Date(to) }, toDay: { gte: new Date(from) } };
  return (
    (await db.standIn.count({ where: { userId, standInId, role, ...days, endedAt: null } })) > 0
  );
}

function concerning(of: string | null): Prisma.StandInWhereInput {
  return of === null ? {} : { OR: [{ userId: of }, { standInId: of }] };
}

function toStandIn(row: Row): StandIn {
  const held = isActive(row.user) && row.user.roles.some(({ role }) => role === row.role);
  const acting = isActive(row.standIn) && row.standIn.roles.length > 0;
  return {
    id: String(row.id),
    absent: { id: row.user.id, name: displayName(row.user) },
    standIn: { id: row.standIn.id, name: displayName(row.standIn) },
    role: row.role,
    from: row.fromDay.toISOString().slice(0, 10),
    to: row.toDay.toISOString().slice(0, 10),
    createdBy: row.createdByName,
    createdAt: row.createdAt,
    ended: row.endedAt && { at: row.endedAt, by: row.endedByName ?? 'somebody' },
    void: !held ? 'role-lost' : !acting ? 'stand-in-without-role' : null,
  };
}
