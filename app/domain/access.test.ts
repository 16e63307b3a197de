import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnRows, drawnViewers } from '#tests/factories/drawn-viewers.ts';
import { barredWords, explainAccess, explainRow, rowPermissions } from './access.ts';
import { openIntents, type Facts } from './judge.ts';
import { permissionWords } from './permission-words.ts';
import { holds, inScope, permissions, scopeOf } from './permissions.ts';
import { roles, type Viewer } from './roles.ts';

const facts = fc.record({
  row: drawnRows,
  assessorId: fc.option(fc.constantFrom('00000000-0000-4000-8000-000000000001', 'other')),
  recommenderId: fc.option(fc.constantFrom('00000000-0000-4000-8000-000000000002', 'other')),
});
const factsOf = ({ row, ...given }: typeof facts extends fc.Arbitrary<infer T> ? T : never) =>
  ({
    statusBeforeHold: null,
    gone: false,
    assessed: true,
    stale: false,
    fastTrack: false,
    recommendedForId: null,
    status: 'RECOMMENDED',
    ...row,
    ...given,
  }) satisfies Facts;

describe('what the access review says of a person', () => {
  it.each(permissions)('about %s is what is enforced, for everybody', (permission) => {
    fc.assert(
      fc.property(drawnViewers, drawnRows, (viewer, row) => {
        const lines = explainAccess(viewer).filter((line) => line.permission === permission);
        expect(lines.length > 0).toBe(holds(viewer, permission));
        const reached = lines.some(({ grant }) => inScope(grant.scope, row));
        expect(reached).toBe(inScope(scopeOf(viewer, permission), row));
        for (const { grant } of lines) {
          const held = grant.mandate ? viewer.standsInFor.map(({ role }) => role) : viewer.roles;
          expect(held).toContain(grant.role);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says how far each reaches in words, and of what is no opportunity nothing', () => {
    const viewer: Viewer = {
      id: 'me',
      name: 'Me',
      verifiedEmail: 'me@example.test',
      roles,
      practices: ['Cloud'],
      standsInFor: [
        {
          role: 'SALES',
          absent: { id: 'sam', name: 'Sam' },
          practices: [],
          verifiedEmail: null,
          until: '2026-12-04',
        },
      ],
    };
    const reaches = explainAccess(viewer)
      .filter(({ permission }) => permission === 'read:opportunity')
      .map(({ reach }) => reach);
    expect(reaches).toEqual([
      'every opportunity',
      'those of Cloud; those without a practice',
      'those of Cloud; those assigned to them',
      'those sold by me@example.test',
      'none: no verified address',
    ]);
    const roleLines = explainAccess(viewer).find(({ permission }) => permission === 'manage:roles');
    expect(roleLines?.reach).toBeNull();
  });
});

describe('what it says of an opportunity', () => {
  it.each(rowPermissions)('about %s is what is enforced, for everybody', (permission) => {
    fc.assert(
      fc.property(drawnViewers, facts, (viewer, given) => {
        const at = factsOf(given);
        const grants = explainRow(viewer, at).filter((each) => each.permission === permission);
        expect(grants.length > 0).toBe(inScope(scopeOf(viewer, permission), at));
        // Readers are asked about everything else, so nobody may reach what they cannot read.
        if (grants.length > 0) expect(inScope(scopeOf(viewer, 'read:opportunity'), at)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('bars from recommending and deciding exactly whom the transition table bars', () => {
    fc.assert(
      fc.property(drawnViewers, facts, (viewer, given) => {
        for (const [status, permission, intent] of [
          ['SUBMITTED', 'recommend:opportunity', 'recommend'],
          ['RECOMMENDED', 'decide:opportunity', 'decide'],
        ] as const) {
          const at: Facts = { ...factsOf(given), status };
          const free = explainRow(viewer, at).some(
            (each) => each.permission === permission && each.barred === null,
          );
          expect(openIntents(viewer, at).includes(intent)).toBe(free);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the words', () => {
  it.each(permissions)('of %s follow "may"', (permission) =>
    expect(permissionWords[permission]).toMatch(/^[a-z]/),
  );

  it('of what bars follow a name', () => {
    expect(barredWords('own-assessment')).toBe('assessed it');
    expect(barredWords('own-recommendation')).toBe('recommended on it');
    expect(barredWords('absent-assessment')).toContain('stand in for');
    expect(barredWords('absent-recommendation')).toContain('stand in for');
  });
});
