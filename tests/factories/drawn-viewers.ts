import fc from 'fast-check';
import { standInRoles, type Mandate } from '#app/domain/mandate.ts';
import { roles, type Viewer } from '#app/domain/roles.ts';

/** Ids that a database takes too; the first is the viewer's own. */
export const drawnIds = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
export const drawnPractices = ['Cloud', 'Data', 'Apps'];
export const drawnEmails = ['me@example.test', 'ann@example.test', 'BEN@example.test'];

const practices = fc.uniqueArray(fc.constantFrom(...drawnPractices));
const email = fc.option(fc.constantFrom(...drawnEmails));

/** Somebody to stand in for, who is not the viewer. */
export const drawnMandates: fc.Arbitrary<Mandate> = fc.record({
  role: fc.constantFrom(...standInRoles),
  absent: fc.record({
    id: fc.constantFrom(...drawnIds.slice(1)),
    name: fc.constantFrom('Ann', 'Ben'),
  }),
  practices,
  verifiedEmail: email,
  until: fc.constant('2026-12-04'),
});

export const drawnViewers: fc.Arbitrary<Viewer> = fc.record({
  id: fc.constant(drawnIds[0] ?? ''),
  name: fc.constant('Me'),
  verifiedEmail: email,
  roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 2 }),
  practices,
  standsInFor: fc.array(drawnMandates, { maxLength: 2 }),
});

/** What of an opportunity says in whose scope it lies. */
export const drawnRows = fc.record({
  practice: fc.option(fc.constantFrom(...drawnPractices, 'Else')),
  assignedSa: fc.option(fc.constantFrom(...drawnIds)),
  salesOwnerEmail: fc.option(fc.constantFrom(...drawnEmails, 'ben@example.test')),
});
