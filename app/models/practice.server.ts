import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activeUser } from './active-person.server.ts';

export interface Practice {
  id: string;
  name: string;
  /** Everybody who belongs to it, whether or not they are still here. */
  members: number;
  /** Those of them who are neither deactivated nor gone from Ory. */
  active: number;
}

/** All practices by name, with how many people belong to each. */
export async function listPractices(db: Db): Promise<Practice[]> {
  return db.$queryRaw<Practice[]>`
    SELECT p.id::text, p.name, count(u.id)::int AS members,
      count(u.id) FILTER (WHERE ${activeUser})::int AS active
    FROM practices p LEFT JOIN user_practices m ON m.practice_id = p.id
      LEFT JOIN users u ON u.id = m.user_id
    GROUP BY p.id ORDER BY p.name`;
}

/** What the CRM calls practices and no practice of BQS is called, with how many opportunities say so. */
export async function suggestPractices(
  db: Db,
  limit = 20,
): Promise<{ name: string; opportunities: number }[]> {
  return db.$queryRaw<{ name: string; opportunities: number }[]>(Prisma.sql`
    SELECT practice AS name, sum(rows)::int AS opportunities
    FROM opportunity_tallies t
    WHERE practice IS NOT NULL AND NOT gone
      AND NOT EXISTS (SELECT FROM practices WHERE practices.name = t.practice)
    GROUP BY practice HAVING sum(rows) > 0 ORDER BY sum(rows) DESC, practice LIMIT ${limit}`);
}

/**
 * A practice whose name differs from `name` in case or spaces alone; null where there is none, or where
 * the CRM itself writes `name` so, since it may mean two things by two spellings.
 */
export async function practiceAlike(db: Db, name: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ name: string }[]>(Prisma.sql`
    SELECT name FROM practices
    WHERE lower(regexp_replace(name, '\\s+', ' ', 'g')) = lower(regexp_replace(${name}, '\\s+', ' ', 'g'))
      AND NOT EXISTS (SELECT 1 FROM opportunities WHERE practice = ${name})
    LIMIT 1`);
  return row?.name ?? null;
}
