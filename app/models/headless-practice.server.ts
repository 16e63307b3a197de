import { rolesWith } from '#app/domain/permissions.ts';
import { undecidedStatuses } from '#app/domain/work-words.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activeUser } from './active-person.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';

/** A practice with undecided opportunities that nobody heads. */
export interface HeadlessPractice {
  /** As the CRM writes it. */
  name: string;
  opportunities: number;
  /** Whether BQS has it as a practice, so that somebody can be named its head. */
  known: boolean;
}

/** Those practices, the ones with the most opportunities first, and how much there is of both in all. */
export interface HeadlessPractices {
  rows: HeadlessPractice[];
  total: number;
  opportunities: number;
}

/** Whether an active person heads the practice that `name` is; one who has yet to come heads it already. */
function isHeaded(name: Sql): Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM practices p JOIN user_practices m ON m.practice_id = p.id
      JOIN users u ON u.id = m.user_id JOIN user_roles r ON r.user_id = u.id
    WHERE p.name = ${name} AND ${activeUser}
      AND r.role::text = ANY(${rolesWith('recommend:opportunity')}::text[]))`;
}

/** The practices whose undecided opportunities wait for nobody, since nobody heads them. */
export async function listHeadlessPractices(db: Db, limit: number): Promise<HeadlessPractices> {
  const found = await db.$queryRaw<(HeadlessPractice & { total: number; all: number })[]>`
    WITH counted AS (
      SELECT o.practice AS name, sum(o.rows)::int AS opportunities FROM opportunity_tallies o
      WHERE o.practice IS NOT NULL AND NOT o.gone
        AND o.workflow_status::text = ANY(${[...undecidedStatuses]}::text[])
      GROUP BY o.practice HAVING sum(o.rows) > 0)
    SELECT c.name, c.opportunities, EXISTS (SELECT FROM practices k WHERE k.name = c.name) AS known,
      (count(*) OVER ())::int AS total, (sum(c.opportunities) OVER ())::int AS "all"
    FROM counted c WHERE NOT ${isHeaded(Prisma.sql`c.name`)}
    ORDER BY c.opportunities DESC, c.name LIMIT ${limit}`;
  return {
    rows: found.map(({ name, opportunities, known }) => ({ name, opportunities, known })),
    total: found[0]?.total ?? 0,
    opportunities: found[0]?.all ?? 0,
  };
}

/** Whether nobody heads this practice, as the CRM writes it. */
export async function isHeadless(db: Db, practice: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ headed: boolean }[]>`
    SELECT ${isHeaded(Prisma.sql`${practice}`)} AS headed`;
  return row?.headed === false;
}
