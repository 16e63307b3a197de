import { mayRemove } from '#app/domain/evidence-form.ts';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { latestAssessment } from './assessment.server.ts';
import { listEvidence, type EvidenceFile } from './evidence.server.ts';

export interface ListedFile extends EvidenceFile {
  criterionName: string | null;
  removable: boolean;
}

/** What a page shows of an opportunity's evidence, and what its viewer may do there. */
export interface EvidenceView {
  files: ListedFile[];
  /** What a file can be about besides the whole opportunity; empty before the first assessment. */
  criteria: { code: string; name: string }[];
  mayAdd: boolean;
  mostMb: number;
}

/** Reads the evidence of an opportunity that `viewer` may read. */
export async function readEvidenceView(
  db: Db,
  viewer: Viewer,
  opportunity: {
    id: string;
    goneSince: Date | null;
    practice: string | null;
    assignedSa: string | null;
    salesOwnerEmail: string | null;
  },
): Promise<EvidenceView> {
  const [files, criteria] = await Promise.all([
    listEvidence(db, opportunity.id),
    criteriaOf(db, opportunity.id),
  ]);
  const commenting = inScope(scopeOf(viewer, 'comment:opportunity'), opportunity);
  return {
    files: files.map((file) => ({
      ...file,
      criterionName: criteria.find(({ code }) => code === file.criterion)?.name ?? file.criterion,
      removable: mayRemove(viewer, file),
    })),
    criteria,
    mayAdd: commenting && opportunity.goneSince === null,
    mostMb: env.EVIDENCE_MAX_MB,
  };
}

/** The criteria of the assessment under way, or else of the last one submitted. */
export async function criteriaOf(
  db: Db,
  opportunityId: string,
): Promise<{ code: string; name: string }[]> {
  const id = BigInt(opportunityId);
  const latest =
    (await latestAssessment(db, id, 'DRAFT')) ?? (await latestAssessment(db, id, 'SUBMITTED'));
  return (latest?.scorecard.definition.criteria ?? []).map(({ code, name }) => ({ code, name }));
}
