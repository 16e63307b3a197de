import type { Role, Viewer } from './roles.ts';

/** Which rows a permission reaches: `rows-read` follows whatever the viewer may read. */
type Reach =
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
  'recommend:opportunity': { PRACTICE_HEAD: ['own-practices'] },
  'decide:opportunity': { MANAGER: ['all'] },
  'manage:roles': { MANAGER: ['all'] },
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

/** The rows a viewer reaches: every row, or those that match at least one of the conditions. */
export type Scope =
  | { all: true }
  | {
      all: false;
      practices: readonly string[];
      withoutPractice: boolean;
      assignedTo: string | null;
      ownerEmail: string | null;
    };

/** Whether the viewer holds the permission on any row at all. */
export function holds(viewer: Pick<Viewer, 'roles'>, permission: Permission): boolean {
  return viewer.roles.some((role) => reachesOf(role, permission).length > 0);
}

/** The rows on which the viewer holds the permission; null where the permission is not held. */
export function scopeOf(viewer: Viewer, permission: Permission): Scope | null {
  if (!holds(viewer, permission)) return null;
  const reaches = viewer.roles.flatMap((role) => reachesOf(role, permission));
  if (reaches.includes('rows-read')) return scopeOf(viewer, 'read:opportunity');
  if (reaches.includes('all')) return { all: true };
  const unset = reaches.includes('own-practices-and-unset');
  return {
    all: false,
    practices: unset || reaches.includes('own-practices') ? viewer.practices : [],
    withoutPractice: unset,
    assignedTo: reaches.includes('assigned') ? viewer.id : null,
    ownerEmail: reaches.includes('own-sales') ? viewer.verifiedEmail : null,
  };
}

/** Whether one opportunity lies in a scope. */
export function inScope(
  scope: Scope | null,
  row: { practice: string | null; assignedSa: string | null; salesOwnerEmail: string | null },
): boolean {
  if (!scope) return false;
  if (scope.all) return true;
  if (row.practice === null) {
    if (scope.withoutPractice) return true;
  } else if (scope.practices.includes(row.practice)) return true;
  if (scope.assignedTo && row.assignedSa === scope.assignedTo) return true;
  return (
    scope.ownerEmail !== null &&
    row.salesOwnerEmail?.toLowerCase() === scope.ownerEmail.toLowerCase()
  );
}

/** The roles that hold a permission, for the page that says who could help. */
export function rolesWith(permission: Permission): Role[] {
  return Object.keys(permissionTable[permission]) as Role[];
}

function reachesOf(role: Role, permission: Permission): readonly Reach[] {
  const row: Partial<Record<Role, readonly Reach[]>> = permissionTable[permission];
  return row[role] ?? [];
}
