import type { Db } from '#app/lib/db.server.ts';
import { displayName } from './user.server.ts';

/** The person of this id, if they are a solution architect now. */
export async function findAssessor(
  db: Db,
  id: string,
): Promise<{ id: string; name: string } | null> {
  const user = await db.user.findFirst({
    where: { id, roles: { some: { role: 'SOLUTION_ARCHITECT' } } },
    select: { id: true, name: true, email: true },
  });
  return user && { id: user.id, name: displayName(user) };
}
