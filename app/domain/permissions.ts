import type { Mandate, StandInRole } from './mandate.ts';
import type { Role, Viewer } from './roles.ts';

export { grantsOf, grantsOn, inScope, mandateFor, nowhere, scopeOf } from './scope.ts';
export type { Grant, Scope, ScopedRow } from './scope.ts';

/** Which rows a permission reaches: `rows-read` follows whatever the viewer may read. */
export type Reach =
  'all' | 'own-practices' | 'own-practices-and-unset' | 'assigned' | 'own-sales' | 'rows-read';

/** design.md section 6, one row a permission; a role that is absent does not hold it. */
export const permissionTable = {
  'read:opportunity': {
    MANAGER: ['all'],
    PRACTICE_HEAD: ['own-practices-and-unset'],
    SOLUTION_ARCHITECT: ['own-practices', 'assigned'],
    SALES: ['own-sales'],
  },
  'assign:opportunity': { MANAGER: ['all'], PRACTICE_HEAD: ['own-practices-and-unset'] },
  'assess:opportunity': { SOLUTION_ARCHITECT: ['assigned'] },
  'comment:opportunity': {
    MANAGER: ['rows-read'],
    PRACTICE_HEAD: ['rows-read'],
    SOLUTION_ARCHITECT: ['rows-read'],
    SALES: ['rows-read'],
  },
  'recommend:opportunity': { PRACTICE_HEAD: ['own-practices-and-unset'] },
  'decide:opportunity': { MANAGER: ['all'] },
  'manage:roles': { MANAGER: ['all'] },
  'review:access': { MANAGER: ['all'] },
  'run:sync': { MANAGER: ['all'] },
  'read:sync': { MANAGER: ['all'], PRACTICE_HEAD: ['all'] },
  'manage:quarantine': { MANAGER: ['all'] },
  'manage:scorecards': { MANAGER: ['all'] },
  'manage:calendar': { MANAGER: ['all'] },
  'read:audit': { MANAGER: ['all'] },
  'read:freshness': {
    MANAGER: ['all'],
    PRACTICE_HEAD: ['all'],
    SOLUTION_ARCHITECT: ['all'],
    SALES: ['all'],
  },
} as const satisfies Record<string, Partial<Record<Role, readonly Reach[]>>>;

export type Permission = keyof typeof permissionTable;
export const permissions = Object.keys(permissionTable) as Permission[];

/**
 * What a stand-in may do for whom they stand in for: what keeps an opportunity moving, and nothing that
 * changes who may do what, how it is judged or where it comes from.
 */
export const standInTable: Record<StandInRole, readonly Permission[]> = {
  MANAGER: ['read:opportunity', 'comment:opportunity', 'decide:opportunity'],
  PRACTICE_HEAD: [
    'read:opportunity',
    'assign:opportunity',
    'comment:opportunity',
    'recommend:opportunity',
  ],
  SALES: ['read:opportunity', 'comment:opportunity'],
};

/** Whether the viewer holds the permission on any row at all. */
export function holds(
  viewer: Pick<Viewer, 'roles'> & { standsInFor?: readonly Pick<Mandate, 'role'>[] },
  permission: Permission,
): boolean {
  if (viewer.roles.some((role) => reachesOf(role, permission).length > 0)) return true;
  return mandatesOf(viewer).some(({ role }) => handsOn(role, permission));
}

/** The roles that hold a permission, for the page that says who could help. */
export function rolesWith(permission: Permission): Role[] {
  return Object.keys(permissionTable[permission]) as Role[];
}

/** Whom somebody stands in for; without a role of one's own one stands in for nobody. */
export function mandatesOf<M>({
  roles,
  standsInFor = [],
}: {
  roles: readonly Role[];
  standsInFor?: readonly M[];
}): readonly M[] {
  return roles.length > 0 ? standsInFor : [];
}

/** Whether a stand-in for this role holds the permission too. */
export function handsOn(role: StandInRole, permission: Permission): boolean {
  return standInTable[role].includes(permission) && reachesOf(role, permission).length > 0;
}

/** What a role reaches by a permission; `rows-read` is what the same role reads. */
export function reachesOf(role: Role, permission: Permission): readonly Reach[] {
  const row: Partial<Record<Role, readonly Reach[]>> = permissionTable[permission];
  const reaches = row[role] ?? [];
  return reaches.includes('rows-read') ? reachesOf(role, 'read:opportunity') : reaches;
}
