import { describe, expect, it } from 'vitest';
import {
  holds,
  inScope,
  permissions,
  permissionTable,
  rolesWith,
  scopeOf,
  type Permission,
} from './permissions.ts';
import { refuseRoleChange, roles, type Role, type Viewer } from './roles.ts';

const viewer = (...held: Role[]): Viewer => ({
  id: 'me',
  name: 'Me',
  verifiedEmail: 'me@example.test',
  roles: held,
  practices: ['Cloud'],
  standsInFor: [],
});

const rows = {
  ours: { practice: 'Cloud', assignedSa: null, salesOwnerEmail: null },
  theirs: { practice: 'Data', assignedSa: null, salesOwnerEmail: 'you@example.test' },
  unset: { practice: null, assignedSa: null, salesOwnerEmail: null },
  assigned: { practice: 'Data', assignedSa: 'me', salesOwnerEmail: null },
  sold: { practice: 'Data', assignedSa: null, salesOwnerEmail: 'Me@Example.test' },
};
const every = Object.keys(rows) as (keyof typeof rows)[];

// One line a permission: the rows each role reaches, as design.md section 6 has it.
const expected: Record<Permission, Partial<Record<Role, string[]>>> = {
  'read:opportunity': {
    MANAGER: every,
    PRACTICE_HEAD: ['ours', 'unset'],
    SOLUTION_ARCHITECT: ['ours', 'assigned'],
    SALES: ['sold'],
  },
  'assign:opportunity': { MANAGER: every, PRACTICE_HEAD: ['ours', 'unset'] },
  'assess:opportunity': { SOLUTION_ARCHITECT: ['assigned'] },
  'comment:opportunity': {
    MANAGER: every,
    PRACTICE_HEAD: ['ours', 'unset'],
    SOLUTION_ARCHITECT: ['ours', 'assigned'],
    SALES: ['sold'],
  },
  'recommend:opportunity': { PRACTICE_HEAD: ['ours', 'unset'] },
  'decide:opportunity': { MANAGER: every },
  'manage:roles': { MANAGER: every },
  'review:access': { MANAGER: every },
  'run:sync': { MANAGER: every },
  'read:sync': { MANAGER: every, PRACTICE_HEAD: every },
  'manage:quarantine': { MANAGER: every },
  'manage:scorecards': { MANAGER: every },
  'manage:calendar': { MANAGER: every },
  'read:audit': { MANAGER: every },
  'read:freshness': {
    MANAGER: every,
    PRACTICE_HEAD: every,
    SOLUTION_ARCHITECT: every,
    SALES: every,
  },
};

const reached = (who: Viewer, permission: Permission) => {
  const scope = scopeOf(who, permission);
  return every.filter((name) => inScope(scope, rows[name]));
};

describe('the permission table', () => {
  const cases = permissions.flatMap((permission) => roles.map((role) => ({ permission, role })));

  it.each(cases)('gives $role exactly its rows of $permission', ({ permission, role }) => {
    const wanted = expected[permission][role];
    expect(holds(viewer(role), permission)).toBe(Boolean(wanted));
    expect(rolesWith(permission).includes(role)).toBe(Boolean(wanted));
    expect(reached(viewer(role), permission)).toEqual(every.filter((row) => wanted?.includes(row)));
  });

  it.each(['assign:opportunity', 'recommend:opportunity'] as const)(
    'gives a practice head what they read by %s, so that nothing is begun that they cannot end',
    (permission) => {
      const { PRACTICE_HEAD: reaches } = permissionTable[permission];
      expect(reaches).toEqual(permissionTable['read:opportunity'].PRACTICE_HEAD);
    },
  );

  it('gives nobody anything without a role', () => {
    for (const permission of permissions) {
      expect(holds(viewer(), permission)).toBe(false);
      expect(scopeOf(viewer(), permission)).toBeNull();
    }
  });

  it('adds up the rows of two roles', () => {
    const both = viewer('SOLUTION_ARCHITECT', 'SALES');
    expect(reached(both, 'read:opportunity')).toEqual(['ours', 'assigned', 'sold']);
  });

  it('shows a seller without a verified address no row at all', () => {
    expect(reached({ ...viewer('SALES'), verifiedEmail: null }, 'read:opportunity')).toEqual([]);
  });
});

describe('changing roles', () => {
  const change = {
    actorId: 'a',
    holderId: 'b',
    role: 'MANAGER' as Role,
    grant: false,
    managers: 2,
  };

  it.each([
    [{}, null],
    [{ managers: 1 }, 'last-manager'],
    [{ managers: 1, grant: true }, null],
    [{ holderId: 'a' }, 'own-manager-role'],
    [{ holderId: 'a', grant: true }, 'own-manager-role'],
    [{ holderId: 'a', role: 'SALES' as Role }, null],
    [{ managers: 1, role: 'SALES' as Role }, null],
  ])('answers %j with %s', (given, answer) => {
    expect(refuseRoleChange({ ...change, ...given })).toBe(answer);
  });
});
