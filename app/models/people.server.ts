import { z } from 'zod';
import {
  invitationHours,
  personState,
  personStates,
  type PersonFacts,
  type PersonState,
} from '#app/domain/person-state.ts';
import type { Role } from '#app/domain/roles.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { displayName } from './user.server.ts';

export interface Person extends PersonFacts {
  id: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
  state: PersonState;
  roles: Role[];
  practices: { id: string; name: string }[];
}

const pageSize = 50;

/** Whom the list shows: those who are here, everybody, or those who stand in one way. */
export type PeopleFilter = 'here' | 'all' | PersonState;

/**
 * People by name, a page at a time. `search` is part of a name or an address; `after` is the `next` of the
 * page before. `counts` says how many match the search by how they stand.
 */
export async function listPeople(
  db: Db,
  asked: { search: string; after: string | null; filter?: PeopleFilter; now?: Date },
): Promise<{
  people: Person[];
  next: string | null;
  total: number;
  counts: Record<PersonState, number>;
}> {
  const { search, after, filter = 'all', now = new Date() } = asked;
  const where = matching(search);
  const shown = personStates.filter((state) => isShown(filter, state));
  const ids = await db.$queryRaw<{ id: string; place: string }[]>(Prisma.sql`
    SELECT id, ${sortKey} AS place FROM users
    WHERE ${where} AND ${stateAt(now)} = ANY(${shown}::text[]) AND ${afterPlace(after)}
    ORDER BY ${sortKey}, id LIMIT ${pageSize + 1}`);
  const counted = await db.$queryRaw<{ state: PersonState; total: number }[]>(Prisma.sql`
    SELECT ${stateAt(now)} AS state, count(*)::int AS total FROM users WHERE ${where} GROUP BY 1`);
  const page = ids.slice(0, pageSize);
  const last = ids.length > pageSize ? page.at(-1) : undefined;
  const found = new Map(counted.map(({ state, total }) => [state, total]));
  const countOf = (state: PersonState) => found.get(state) ?? 0;
  const counts = Object.fromEntries(personStates.map((state) => [state, countOf(state)]));
  return {
    people: await readPeople(
      db,
      page.map(({ id }) => id),
      now,
    ),
    next: last ? Buffer.from(JSON.stringify([last.place, last.id])).toString('base64url') : null,
    total: shown.reduce((sum, state) => sum + countOf(state), 0),
    counts: counts as Record<PersonState, number>,
  };
}

function isShown(filter: PeopleFilter, state: PersonState): boolean {
  if (filter === 'here') return state !== 'gone' && state !== 'deactivated';
  return filter === 'all' || filter === state;
}

/** As `personState` tells it, for the database to filter and count by. */
function stateAt(now: Date): Prisma.Sql {
  return Prisma.sql`CASE WHEN deleted_at IS NOT NULL THEN 'gone'
    WHEN deactivated_at IS NOT NULL THEN 'deactivated'
    WHEN invited_at IS NULL OR last_seen_at IS NOT NULL THEN 'active'
    WHEN invited_at + make_interval(hours => ${invitationHours}::int) > ${now} THEN 'invited'
    ELSE 'never-came' END`;
}

const sortKey = Prisma.sql`lower(coalesce(name, email, ''))`;

function matching(search: string): Prisma.Sql {
  if (search === '') return Prisma.sql`true`;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`(name ILIKE ${pattern} OR email ILIKE ${pattern})`;
}

/** A place that does not parse is the beginning: the link was cut or typed. */
function afterPlace(after: string | null): Prisma.Sql {
  const place = placeSchema.safeParse(after ?? '');
  if (!place.success) return Prisma.sql`true`;
  return Prisma.sql`(${sortKey}, id) > (${place.data[0]}, ${place.data[1]}::uuid)`;
}

const placeSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(Buffer.from(text, 'base64url').toString());
    } catch {
      context.addIssue('is not a place in the list');
      return z.NEVER;
    }
  })
  .pipe(z.tuple([z.string(), z.guid()]));

async function readPeople(db: Db, ids: string[], now: Date): Promise<Person[]> {
  const rows = await db.user.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      lastSeenAt: true,
      invitedAt: true,
      deactivatedAt: true,
      deletedAt: true,
      roles: { select: { role: true } },
      practices: {
        select: { practice: { select: { id: true, name: true } } },
        orderBy: { practice: { name: 'asc' } },
      },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const practices = row.practices.map(({ practice }) => ({ ...practice, id: `${practice.id}` }));
    const roles = row.roles.map(({ role }) => role);
    const state = personState(row, now);
    return [{ ...row, state, name: displayName(row), roles, practices }];
  });
}
