import type { Answer } from '#app/domain/assessment.ts';
import { scorecardSchema, type Scorecard } from '#app/domain/scorecard.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

const assessmentInclude = {
  ratings: true,
  scorecard: { select: { id: true, name: true, status: true, definition: true } },
} satisfies Prisma.AssessmentInclude;
type AssessmentRow = Prisma.AssessmentGetPayload<{ include: typeof assessmentInclude }>;

/** One version of an assessment with the scorecard it is filled in on. */
export interface AssessmentVersion {
  id: string;
  version: number;
  status: 'DRAFT' | 'SUBMITTED';
  scorecard: { id: string; name: string; definition: Scorecard };
  assessorId: string | null;
  assessorName: string;
  summary: string;
  answers: Answer[];
  revision: number;
  startedAt: Date;
  savedAt: Date;
  submittedAt: Date | null;
  score: number | null;
  band: string | null;
  knockOuts: string[];
}

/** One version of an opportunity's assessment; null where there is none. */
export async function readAssessment(
  db: Db,
  opportunityId: string,
  version: number,
): Promise<AssessmentVersion | null> {
  const where = { opportunityId_version: { opportunityId: BigInt(opportunityId), version } };
  const row = await db.assessment.findUnique({ where, include: assessmentInclude });
  return row && toVersion(row);
}

/** The newest version in that state; null where there is none. */
export async function latestAssessment(
  db: Db,
  opportunityId: bigint,
  status: 'DRAFT' | 'SUBMITTED',
) {
  const row = await db.assessment.findFirst({
    where: { opportunityId, status },
    orderBy: { version: 'desc' },
    include: assessmentInclude,
  });
  return row && toVersion(row);
}

function toVersion(row: AssessmentRow): AssessmentVersion {
  const { opportunityId: _opportunity, scorecardId: _scorecard, ratings, scorecard, ...rest } = row;
  const definition = scorecardSchema.parse(scorecard.definition);
  const order = definition.criteria.map(({ code }) => code);
  return {
    ...rest,
    id: String(row.id),
    scorecard: { id: String(scorecard.id), name: scorecard.name, definition },
    answers: ratings
      .map(({ criterion, halfSteps, reasons, note }) => ({ criterion, halfSteps, reasons, note }))
      .sort((one, other) => order.indexOf(one.criterion) - order.indexOf(other.criterion)),
  };
}
