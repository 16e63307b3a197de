import type { ArchitectLoad } from '#app/domain/load.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activeUser, awaitedUser } from './active-person.server.ts';

/**
 * What each solution architect of these practices has to do, the busiest last; of all practices where
 * `practices` is null. `today` is YYYY-MM-DD.
 */
export async function listArchitectLoads(
  db: Db,
  { practices, today }: { practices: readonly string[] | null; today: string },
): Promise<ArchitectLoad[]> {
  const within = practices
    ? Prisma.sql`AND EXISTS (SELECT FROM user_practices m JOIN practices p ON p.id = m.practice_id
        WHERE m.user_id = u.id AND p.name = ANY(${[...practices]}::text[]))`
    : Prisma.empty;
  return db.$queryRaw<ArchitectLoad[]>`
    SELECT u.id::text, coalesce(u.name, u.email, 'Somebody without a name') AS name,
      ${awaitedUser} AS awaited, count(o.id)::int AS open,
      count(o.id) FILTER (WHERE o.close_date <= ${today}::date + 7)::int AS due
    FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'SOLUTION_ARCHITECT'
    LEFT JOIN opportunities o ON o.assigned_sa = u.id AND o.gone_since IS NULL
      AND o.workflow_status IN ('ASSIGNED', 'IN_ASSESSMENT')
    WHERE ${activeUser} ${within}
    GROUP BY u.id ORDER BY open, due, name, u.id`;
}
