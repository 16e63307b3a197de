import { beginDraft } from '#app/models/assessment-draft.server.ts';
import type { AssessmentVersion } from '#app/models/assessment.server.ts';
import { displayName } from '#app/models/user.server.ts';
import type { Qualifying } from './qualify.server.ts';

/** Opens the version after `before` for whoever is assigned. Returns its number. */
export async function beginNextVersion(
  { tx, opportunity }: Qualifying,
  before: AssessmentVersion,
): Promise<number> {
  const version = before.version + 1;
  const assigned = opportunity.assignedSa
    ? await tx.user.findUnique({ where: { id: opportunity.assignedSa } })
    : null;
  const assessor = assigned
    ? { id: assigned.id, name: displayName(assigned) }
    : { id: before.assessorId, name: before.assessorName };
  await beginDraft(tx, { opportunityId: opportunity.id, version, assessor, before });
  return version;
}
