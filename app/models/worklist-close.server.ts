import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';
import type { WorkList } from './worklist-row.server.ts';

/** A list by close date, and how many of it have one that is past; null where that is not counted. */
export interface CloseList<T> extends WorkList<T> {
  past: number | null;
}

/**
 * The opportunities `o` of a list, those first that can still be won: live ones by close date, then those
 * without one, then those whose date is past, the last one first. `joins` and `columns` are read of the rows
 * alone that are shown. `today` is YYYY-MM-DD.
 */
export function rowsByClose<T>(
  db: Db,
  asked: { columns: Sql; joins?: Sql; where: Sql; today: string; limit: number },
): Promise<T[]> {
  const { columns, joins = Prisma.empty, where, limit } = asked;
  const today = Prisma.sql`${asked.today}::date`;
  // Each part is read in the order of the index on close date and remote id, as far as it is shown.
  const part = (place: number, of: Sql, order: Sql) => Prisma.sql`
    (SELECT o.id, ${place}::int AS part FROM opportunities o WHERE ${where} AND ${of}
      ORDER BY ${order} LIMIT ${limit})`;
  const parts = [
    part(0, Prisma.sql`o.close_date >= ${today}`, Prisma.sql`o.close_date, o.remote_id`),
    part(1, Prisma.sql`o.close_date IS NULL`, Prisma.sql`o.remote_id`),
    part(2, Prisma.sql`o.close_date < ${today}`, Prisma.sql`o.close_date DESC, o.remote_id`),
  ];
  return db.$queryRaw<T[]>`
    WITH shown AS (${Prisma.join(parts, ' UNION ALL ')})
    SELECT ${columns} FROM shown JOIN opportunities o ON o.id = shown.id ${joins}
    ORDER BY shown.part, abs(o.close_date - ${today}), o.remote_id LIMIT ${limit}`;
}

/** How many a list has, and how many of them are past their close date. It reads them all. */
export async function countByClose(
  db: Db,
  { where, today }: { where: Sql; today: string },
): Promise<{ total: number; past: number }> {
  const [counted] = await db.$queryRaw<{ total: number; past: number }[]>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE o.close_date < ${today}::date))::int AS past
    FROM opportunities o WHERE ${where}`;
  return counted ?? { total: 0, past: 0 };
}
