import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnMandates, drawnRows, drawnViewers } from '#tests/factories/drawn-viewers.ts';
import { standInRoles, sign, type Mandate } from './mandate.ts';
import {
  grantsOn,
  holds,
  inScope,
  mandateFor,
  permissionTable,
  permissions,
  scopeOf,
  standInTable,
  type Permission,
} from './permissions.ts';
import type { Viewer } from './roles.ts';

const someViewer = (given: Partial<Viewer>): Viewer => ({
  id: 'me',
  name: 'Me',
  verifiedEmail: null,
  roles: [],
  practices: ['Cloud'],
  standsInFor: [],
  ...given,
});
/** The absent person as if they sat there themselves, with nothing but the role stood in for. */
const inPerson = ({ role, absent, practices, verifiedEmail }: Mandate): Viewer => ({
  ...absent,
  practices,
  verifiedEmail,
  roles: [role],
  standsInFor: [],
});
const alone = (viewer: Viewer): Viewer => ({ ...viewer, standsInFor: [] });

describe('what can be stood in for', () => {
  it('is what keeps an opportunity moving, and nothing that a manager looks after', () => {
    const handedOn = new Set(standInRoles.flatMap((role) => standInTable[role]));
    expect([...handedOn].sort()).toEqual([
      ...['assign:opportunity', 'comment:opportunity', 'decide:opportunity', 'read:opportunity'],
      'recommend:opportunity',
    ]);
    for (const role of standInRoles)
      for (const permission of standInTable[role])
        expect(permissionTable[permission]).toHaveProperty(role);
  });

  it.each(permissions)('of %s is never more than the absent person reaches', (permission) => {
    fc.assert(
      fc.property(drawnViewers, drawnRows, (viewer, row) => {
        const own = inScope(scopeOf(alone(viewer), permission), row);
        const through = viewer.standsInFor.filter(
          (mandate) =>
            viewer.roles.length > 0 &&
            standInTable[mandate.role].includes(permission) &&
            inScope(scopeOf(inPerson(mandate), permission), row),
        );
        expect(inScope(scopeOf(viewer, permission), row)).toBe(own || through.length > 0);
        expect(grantsOn(viewer, permission, row).length > 0).toBe(own || through.length > 0);
        expect(mandateFor(viewer, permission, row)).toEqual(own ? null : (through[0] ?? null));
        expect(holds(viewer, permission)).toBe(scopeOf(viewer, permission) !== null);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an architect of Cloud who stands in for the head of Data', () => {
  const data: Mandate = {
    role: 'PRACTICE_HEAD',
    absent: { id: 'hugo', name: 'Hugo' },
    practices: ['Data'],
    verifiedEmail: 'hugo@example.test',
    until: '2026-12-04',
  };
  const viewer = someViewer({ roles: ['SOLUTION_ARCHITECT'], standsInFor: [data] });
  const row = (practice: string | null, assignedSa: string | null = null) => ({
    practice,
    assignedSa,
    salesOwnerEmail: 'hugo@example.test',
  });
  const may = (permission: Permission, at: ReturnType<typeof row>) =>
    inScope(scopeOf(viewer, permission), at);

  it('recommends in Data and what has no practice, and never in Cloud', () => {
    expect(may('recommend:opportunity', row('Data'))).toBe(true);
    expect(may('recommend:opportunity', row('Cloud'))).toBe(false);
    expect(may('recommend:opportunity', row(null))).toBe(true);
  });

  it('assigns in Data and what has no practice, and never in Cloud', () => {
    expect(may('assign:opportunity', row('Data'))).toBe(true);
    expect(may('assign:opportunity', row(null))).toBe(true);
    expect(may('assign:opportunity', row('Cloud'))).toBe(false);
  });

  it('assesses what is assigned to them, and nothing of Data or of Hugo', () => {
    expect(may('assess:opportunity', row('Data'))).toBe(false);
    expect(may('assess:opportunity', row('Cloud', 'hugo'))).toBe(false);
    expect(may('assess:opportunity', row('Else', 'me'))).toBe(true);
  });

  it('reads both, and does so in their own right where they can', () => {
    expect(may('read:opportunity', row('Else'))).toBe(false);
    expect(mandateFor(viewer, 'read:opportunity', row('Cloud'))).toBeNull();
    expect(mandateFor(viewer, 'read:opportunity', row('Data'))).toEqual(data);
  });

  it('signs for Hugo, and follows no sync', () => {
    expect(sign(viewer, data)).toEqual({ id: 'me', name: 'Me [for Hugo]', forId: 'hugo' });
    expect(sign(viewer, null)).toEqual({ id: 'me', name: 'Me', forId: null });
    expect(holds(viewer, 'read:sync')).toBe(false);
  });
});

describe('a stand-in without a role of their own', () => {
  it.each(permissions)('holds no %s', (permission) => {
    fc.assert(
      fc.property(fc.array(drawnMandates), (standsInFor) => {
        expect(holds(someViewer({ standsInFor }), permission)).toBe(false);
        expect(scopeOf(someViewer({ standsInFor }), permission)).toBeNull();
      }),
    );
  });
});
