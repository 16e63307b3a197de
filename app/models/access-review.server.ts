import { explainAccess, type AccessLine } from '#app/domain/access.ts';
import type { Reviewed } from '#app/domain/access-findings.ts';
import type { OpportunityQuery } from '#app/domain/opportunity-query.ts';
import type { PersonState } from '#app/domain/person-state.ts';
import { scopeOf } from '#app/domain/permissions.ts';
import type { Role, Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activePerson } from './active-person.server.ts';
import { countOpportunities } from './opportunity-counts.server.ts';
import { listPeople } from './people.server.ts';
import { displayName, findViewers } from './user.server.ts';

/** A role somebody holds, and who granted it; null where nobody known did. */
export interface Granted {
  role: Role;
  by: string | null;
  at: Date;
}

/** One person with all they can do, and by what. */
export interface PersonAccess {
  viewer: Viewer;
  email: string | null;
  emailVerified: boolean;
  lastSeenAt: Date | null;
  /** Whoever is not here any more can do nothing, whatever was granted. */
  state: PersonState;
  granted: Granted[];
  lines: AccessLine[];
  /** How many opportunities they can read now, gone ones too. */
  readable: number;
}

/** Everybody with an account and what they can do, by name, a page at a time. */
export async function listAccess(
  db: Db,
  asked: { search: string; after: string | null },
): Promise<{ people: PersonAccess[]; next: string | null; total: number }> {
  const { people, next, total } = await listPeople(db, asked);
  const ids = people.map(({ id }) => id);
  const [viewers, grants] = await Promise.all([
    findViewers(db, { id: { in: ids } }),
    readGrants(db, ids),
  ]);
  const counted = new Map<string, Promise<number>>();
  const all = people.flatMap((person) => {
    const viewer = viewers.find(({ id }) => id === person.id);
    return viewer ? [{ person, viewer }] : [];
  });
  const listed = all.map(async ({ person, viewer }) => ({
    viewer,
    email: person.email,
    emailVerified: person.emailVerified,
    lastSeenAt: person.lastSeenAt,
    state: person.state,
    granted: grants.filter(({ userId }) => userId === viewer.id),
    lines: explainAccess(viewer),
    readable: await countReadable(db, viewer, counted),
  }));
  return { people: await Promise.all(listed), next, total };
}

/** People who reach the same rows are counted once. */
function countReadable(db: Db, viewer: Viewer, counted: Map<string, Promise<number>>) {
  const scope = scopeOf(viewer, 'read:opportunity');
  if (!scope) return 0;
  const key = JSON.stringify(scope);
  const found = counted.get(key) ?? countOpportunities(db, scope, everything);
  counted.set(key, found);
  return found;
}

const everything: OpportunityQuery = {
  search: null,
  practice: [],
  geo: [],
  stage: [],
  crmStatus: [],
  workflowStatus: [],
  gone: 'include',
  sort: 'remote_id',
  direction: 'asc',
  cursor: null,
  limit: 50,
};

/** The roles of these people, with who granted them. */
export async function readGrants(db: Db, ids: string[]): Promise<(Granted & { userId: string })[]> {
  const rows = await db.userRole.findMany({
    where: { userId: { in: ids } },
    select: {
      userId: true,
      role: true,
      grantedAt: true,
      grantedBy: { select: { name: true, email: true } },
    },
    orderBy: { role: 'asc' },
  });
  return rows.map(({ userId, role, grantedAt: at, grantedBy }) => ({
    userId,
    role,
    at,
    by: grantedBy && displayName(grantedBy),
  }));
}

/** Everybody here who holds a role, as the findings look at them. */
export async function listReviewed(db: Db): Promise<Reviewed[]> {
  const rows = await db.user.findMany({
    where: { ...activePerson, roles: { some: {} } },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      lastSeenAt: true,
      practices: { select: { practice: { select: { name: true } } } },
      roles: { select: { role: true, grantedById: true, grantedAt: true } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    name: displayName(row),
    lastSeenAt: row.lastSeenAt,
    roles: row.roles,
    verified: row.email !== null && row.emailVerified,
    practices: row.practices.map(({ practice }) => practice.name),
  }));
}

/** When access was last reviewed, by whom, and of how many people; null where it never was. */
export async function findLastReview(
  db: Db,
): Promise<{ at: Date; by: string; people: number } | null> {
  const row = await db.auditEvent.findFirst({
    where: { kind: 'access.reviewed' },
    orderBy: { id: 'desc' },
  });
  if (!row) return null;
  const { people } = row.data as { people?: number };
  return { at: row.at, by: row.actorName, people: people ?? 0 };
}
