import { inScope, scopeOf, type Permission } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { readQualification, type Qualification } from '#app/models/qualification.server.ts';
import { findViewer } from '#app/models/user.server.ts';

/** Who acts on which opportunity. */
export interface ActingOn {
  actorId: string;
  opportunityId: string;
  requestId?: string;
}

/**
 * Locks an opportunity and reads it together with who acts, as both stand in this transaction; null where it
 * is none that a permission reaches, which is answered like one that does not exist.
 */
export async function enterOpportunity(
  tx: Db,
  { actorId, opportunityId }: ActingOn,
  permission: Permission,
): Promise<(Qualification & { viewer: Viewer }) | null> {
  const viewer = await findViewer(tx, actorId);
  const found = viewer && (await readQualification(tx, opportunityId, { lock: true }));
  if (!found || !inScope(scopeOf(viewer, permission), found.opportunity)) return null;
  return { ...found, viewer };
}
