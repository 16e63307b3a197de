import type { ArchitectLoad } from '#app/domain/load.ts';
import type { Db } from '#app/lib/db.server.ts';
import { listArchitectLoads } from './architect-load.server.ts';
import { activePerson } from './active-person.server.ts';
import { displayName } from './user.server.ts';

/** The person of this id, if they are active and a solution architect now. */
export async function findAssessor(
  db: Db,
  id: string,
): Promise<{ id: string; name: string } | null> {
  const user = await db.user.findFirst({
    where: { id, ...activePerson, roles: { some: { role: 'SOLUTION_ARCHITECT' } } },
    select: { id: true, name: true, email: true },
  });
  return user && { id: user.id, name: displayName(user) };
}

/**
 * Every solution architect with their load, those of the opportunity's practice first; without the one it is
 * assigned to. `today` is YYYY-MM-DD.
 */
export async function listAssessorsFor(
  db: Db,
  opportunity: { practice: string | null; assignedSa: string | null },
  today: string,
): Promise<ArchitectLoad[]> {
  const { practice, assignedSa } = opportunity;
  const all = await listArchitectLoads(db, { practices: null, today });
  const own = practice ? await listArchitectLoads(db, { practices: [practice], today }) : [];
  const others = all.filter(({ id }) => !own.some((each) => each.id === id));
  return [...own, ...others].filter(({ id }) => id !== assignedSa);
}
