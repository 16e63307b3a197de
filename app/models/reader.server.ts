import { inScope, scopeOf } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { inForceOn } from './mandate.server.ts';
import { findViewers } from './user.server.ts';
import { workingToday } from './working-calendar.server.ts';

/**
 * Everybody who may read an opportunity, by name. The query only narrows down whom to ask the table of
 * permissions about.
 */
export async function listReaders(
  db: Db,
  opportunity: {
    practice: string | null;
    assignedSa: string | null;
    salesOwnerEmail: string | null;
  },
): Promise<Viewer[]> {
  const { practice, assignedSa, salesOwnerEmail } = opportunity;
  const people = await findViewers(db, {
    OR: [
      { roles: { some: { role: 'MANAGER' } } },
      practice === null
        ? { roles: { some: { role: 'PRACTICE_HEAD' } } }
        : { practices: { some: { practice: { name: practice } } } },
      { standIns: { some: inForceOn(workingToday()) } },
      ...(assignedSa ? [{ id: assignedSa }] : []),
      ...(salesOwnerEmail
        ? [{ email: { equals: salesOwnerEmail, mode: 'insensitive' as const } }]
        : []),
    ],
  });
  return people.filter((person) => inScope(scopeOf(person, 'read:opportunity'), opportunity));
}
