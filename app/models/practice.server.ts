import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface Practice {
  id: string;
  name: string;
  members: number;
}

/** All practices by name, with how many people belong to each. */
export async function listPractices(db: Db): Promise<Practice[]> {
  const rows = await db.practice.findMany({
    select: { id: true, name: true, _count: { select: { members: true } } },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ id, name, _count }) => ({ id: String(id), name, members: _count.members }));
}

/** What the CRM calls practices and no practice of BQS is called, with how many opportunities say so. */
export async function suggestPractices(
  db: Db,
  limit = 20,
): Promise<{ name: string; opportunities: number }[]> {
  const rows = await db.$queryRaw<{ name: string; opportunities: bigint }[]>(Prisma.sql`
    SELECT practice AS name, count(*) AS opportunities
    FROM opportunities
    WHERE practice IS NOT NULL AND gone_since IS NULL
      AND NOT EXISTS (SELECT FROM practices WHERE practices.name = opportunities.practice)
    GROUP BY practice ORDER BY count(*) DESC, practice LIMIT ${limit}`);
  return rows.map(({ name, opportunities }) => ({ name, opportunities: Number(opportunities) }));
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
