import { standInRoles, type StandInRole } from '#app/domain/mandate.ts';
import { isAwaited } from '#app/domain/person-state.ts';
import type { Role } from '#app/domain/roles.ts';
import { mayName } from '#app/domain/stand-in-change.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activePerson } from './active-person.server.ts';
import { displayName } from './user.server.ts';

export interface StandInChoices {
  absences: { userId: string; role: StandInRole; name: string; practices: string[] }[];
  people: { id: string; name: string; roles: Role[]; awaited: boolean }[];
}

/** For whom this person may name a stand-in, and who can be one, by name. */
export async function listStandInChoices(
  db: Db,
  actor: { id: string; roles: readonly Role[] },
): Promise<StandInChoices> {
  const practices = { select: { practice: { select: { name: true } } } };
  const rows = await db.user.findMany({
    where: { ...activePerson, roles: { some: {} } },
    select: {
      id: true,
      name: true,
      email: true,
      invitedAt: true,
      lastSeenAt: true,
      practices,
      roles: { select: { role: true } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const people = rows.map((row) => ({
    id: row.id,
    name: displayName(row),
    awaited: isAwaited(row),
    roles: row.roles.map(({ role }) => role),
    practices: row.practices.map(({ practice }) => practice.name),
  }));
  const absences = people.flatMap(({ id: userId, name, roles: held, practices: own }) =>
    standInRoles
      .filter((role) => held.includes(role))
      .filter((role) => mayName({ actor, absent: { id: userId, roles: held }, role }))
      .map((role) => ({ userId, role, name, practices: own })),
  );
  // Who names nobody needs no list of everybody.
  if (absences.length === 0) return { absences, people: [] };
  const others = people.filter(({ id }) => id !== actor.id);
  return { absences, people: others.map(({ practices: _, ...person }) => person) };
}
