import { z } from 'zod';
import type { Role } from '#app/domain/roles.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { displayName } from './user.server.ts';

export interface Person {
  id: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
  lastSeenAt: Date | null;
  roles: Role[];
  practices: { id: string; name: string }[];
}

const pageSize = 50;

/**
 * Everybody who has ever signed in, by name, a page at a time. `search` is part of a name or an
 * address; `after` is the `next` of the page before.
 */
export async function listPeople(
  db: Db,
  { search, after }: { search: string; after: string | null },
): Promise<{ people: Person[]; next: string | null; total: number }> {
  const where = matching(search);
  const beyond = afterPlace(after);
  const ids = await db.$queryRaw<{ id: string; place: string }[]>(Prisma.sql`
    SELECT id, ${sortKey} AS place FROM users WHERE ${where} AND ${beyond}
    ORDER BY ${sortKey}, id LIMIT ${pageSize + 1}`);
  const counted = await db.$queryRaw<{ total: bigint }[]>(Prisma.sql`
    SELECT count(*) AS total FROM users WHERE ${where}`);
  const page = ids.slice(0, pageSize);
  const last = ids.length > pageSize ? page.at(-1) : undefined;
  return {
    people: await readPeople(
      db,
      page.map(({ id }) => id),
    ),
    next: last ? Buffer.from(JSON.stringify([last.place, last.id])).toString('base64url') : null,
    total: Number(counted[0]?.total ?? 0),
  };
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

async function readPeople(db: Db, ids: string[]): Promise<Person[]> {
  const rows = await db.user.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      lastSeenAt: true,
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
    return [{ ...row, name: displayName(row), roles, practices }];
  });
}
