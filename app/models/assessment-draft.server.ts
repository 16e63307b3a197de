import { carriedOver, type Sheet } from '#app/domain/assessment.ts';
import type { Db } from '#app/lib/db.server.ts';
import { publishedScorecard, type PublishedScorecard } from './scorecard.server.ts';

/**
 * Begins the draft of a version on the published scorecard, with the answers of `before` as far as it
 * still asks for them.
 */
export async function beginDraft(
  tx: Db,
  draft: {
    opportunityId: string;
    version: number;
    assessor: { id: string | null; name: string };
    before: Sheet | null;
  },
): Promise<{ id: string; scorecard: PublishedScorecard }> {
  const scorecard = await publishedScorecard(tx);
  const row = await tx.assessment.create({
    data: {
      opportunityId: BigInt(draft.opportunityId),
      version: draft.version,
      scorecardId: BigInt(scorecard.id),
      assessorId: draft.assessor.id,
      assessorName: draft.assessor.name,
      summary: draft.before?.summary ?? '',
    },
    select: { id: true },
  });
  await writeAnswers(tx, row.id, {
    summary: '',
    answers: carriedOver(scorecard.definition, draft.before?.answers ?? []),
  });
  return { id: String(row.id), scorecard };
}

/** Writes what a draft says, all of it, as its next revision. */
export async function saveDraft(tx: Db, draftId: string, sheet: Sheet): Promise<{ savedAt: Date }> {
  const { savedAt } = await tx.assessment.update({
    where: { id: BigInt(draftId) },
    data: { summary: sheet.summary, savedAt: new Date(), revision: { increment: 1 } },
    select: { savedAt: true },
  });
  await tx.assessmentRating.deleteMany({ where: { assessmentId: BigInt(draftId) } });
  await writeAnswers(tx, BigInt(draftId), sheet);
  return { savedAt };
}

/** Hands a draft to another architect, as it stands. */
export async function handOver(
  tx: Db,
  draftId: string,
  assessor: { id: string; name: string },
): Promise<void> {
  await tx.assessment.update({
    where: { id: BigInt(draftId) },
    data: { assessorId: assessor.id, assessorName: assessor.name },
  });
}

async function writeAnswers(tx: Db, assessmentId: bigint, { answers }: Sheet): Promise<void> {
  await tx.assessmentRating.createMany({
    data: answers.map(({ criterion, halfSteps, reasons, note }) => ({
      assessmentId,
      criterion,
      halfSteps,
      reasons,
      note,
    })),
  });
}
