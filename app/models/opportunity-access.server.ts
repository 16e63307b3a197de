import { explainRow, rowPermissions, type RowAccess } from '#app/domain/access.ts';
import type { Permission } from '#app/domain/permissions.ts';
import type { Db } from '#app/lib/db.server.ts';
import { readGrants, type Granted } from './access-review.server.ts';
import { factsOf, readQualification } from './qualification.server.ts';
import { listReaders } from './reader.server.ts';
import { displayName } from './user.server.ts';

/** Who can do what with one opportunity: for each permission everybody who holds it there, and by what. */
export interface OpportunityAccess {
  number: string;
  name: string | null;
  practice: string | null;
  salesOwnerEmail: string | null;
  architect: string | null;
  permissions: {
    permission: Permission;
    people: { id: string; name: string; granted: Granted[]; grants: RowAccess[] }[];
  }[];
}

/** Reads it for an opportunity that the reviewer may read. Whoever can do anything with it can read it. */
export async function readOpportunityAccess(
  db: Db,
  opportunityId: string,
): Promise<OpportunityAccess | null> {
  const found = await readQualification(db, opportunityId);
  if (!found) return null;
  const { opportunity } = found;
  const readers = await listReaders(db, opportunity);
  const grants = await readGrants(
    db,
    readers.map(({ id }) => id),
  );
  const explained = readers.map((viewer) => ({
    id: viewer.id,
    name: viewer.name,
    granted: grants.filter(({ userId }) => userId === viewer.id),
    grants: explainRow(viewer, factsOf(found)),
  }));
  const architect = opportunity.assignedSa
    ? await db.user.findUnique({ where: { id: opportunity.assignedSa } })
    : null;
  return {
    number: opportunity.remoteNumber ?? opportunity.remoteId,
    name: opportunity.name,
    practice: opportunity.practice,
    salesOwnerEmail: opportunity.salesOwnerEmail,
    architect: architect && displayName(architect),
    permissions: rowPermissions.map((permission) => ({
      permission,
      people: explained
        .map((person) => ({
          ...person,
          grants: person.grants.filter((each) => each.permission === permission),
        }))
        .filter((person) => person.grants.length > 0),
    })),
  };
}
