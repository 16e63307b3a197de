import { scorecardSchema } from '#app/domain/scorecard.ts';
import type { Db } from '#app/lib/db.server.ts';
import { readAssessment, type AssessmentVersion } from './assessment.server.ts';

/** One version of an opportunity's assessment, for a list of them. */
export interface VersionLine {
  version: number;
  status: 'DRAFT' | 'SUBMITTED';
  assessorName: string;
  submittedAt: Date | null;
  score: number | null;
  /** The name of its band. */
  band: string | null;
}

export interface Returned {
  reason: string;
  by: string;
  at: Date;
}

export interface Mark {
  field: string;
  before: string | null;
  after: string | null;
  markedAt: Date;
  resolvedAt: Date | null;
  resolution: 'STILL_HOLDS' | 'RENEWED' | 'REVERTED' | null;
  resolvedByName: string | null;
}

/** Every version of an opportunity's assessment, the newest first. */
export async function listVersions(
  db: Db,
  opportunityId: string,
  { drafts }: { drafts: boolean },
): Promise<VersionLine[]> {
  const rows = await db.assessment.findMany({
    where: { opportunityId: BigInt(opportunityId), ...(!drafts && { status: 'SUBMITTED' }) },
    include: { scorecard: { select: { definition: true } } },
    orderBy: { version: 'desc' },
  });
  return rows.map(({ version, status, assessorName, submittedAt, score, band, scorecard }) => ({
    version,
    status,
    assessorName,
    submittedAt,
    score,
    band: bandName(scorecard.definition, band),
  }));
}

/** The assessment of this id, if it is one of the opportunity's; null otherwise. */
export async function findAssessment(
  db: Db,
  opportunityId: string,
  id: string,
): Promise<AssessmentVersion | null> {
  const row = await db.assessment.findFirst({
    where: { id: BigInt(id), opportunityId: BigInt(opportunityId) },
    select: { version: true },
  });
  return row && readAssessment(db, opportunityId, row.version);
}

/** Why and by whom an assessment was sent back; null where it was not. */
export async function readReturn(db: Db, assessmentId: string): Promise<Returned | null> {
  const row = await db.assessmentReturn.findUnique({
    where: { assessmentId: BigInt(assessmentId) },
  });
  return row && { reason: row.reason, by: row.returnedByName, at: row.returnedAt };
}

/** What has moved in the CRM away from what an assessment rests on, the oldest first. */
export async function listMarks(db: Db, assessmentId: string): Promise<Mark[]> {
  return db.staleMark.findMany({
    where: { assessmentId: BigInt(assessmentId) },
    select: {
      field: true,
      before: true,
      after: true,
      markedAt: true,
      resolvedAt: true,
      resolution: true,
      resolvedByName: true,
    },
    orderBy: { id: 'asc' },
  });
}

function bandName(definition: unknown, code: string | null): string | null {
  if (code === null) return null;
  return scorecardSchema.parse(definition).bands.find((band) => band.code === code)?.name ?? code;
}
