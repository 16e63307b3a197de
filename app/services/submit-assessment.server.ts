import { isLong, longWords, reviewOf, type Gap, type Sheet } from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { formatScore, type Standing } from '#app/domain/scoring.ts';
import { keepBasis } from '#app/models/assessment-basis.server.ts';
import { saveDraft } from '#app/models/assessment-draft.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { invalid } from './refuse.server.ts';
import { overtakenBy } from './save-assessment.server.ts';

/** Saves a sheet and submits it, if it is complete; from then on it never changes. */
export function submitAssessment(
  acting: Omit<Acting, 'revision'>,
  { draftId, revision, sheet }: { draftId: string; revision: number; sheet: Sheet },
) {
  const asked = { intent: 'submit' } as const;
  return qualify({ ...acting, revision: null }, asked, async (qualifying) => {
    const { tx, viewer, opportunity, draft, to } = qualifying;
    if (!draft || draft.id !== draftId || draft.revision !== revision) {
      return overtakenBy(tx, opportunity.id, draft);
    }
    const { standing, gaps } = reviewOf(draft.scorecard.definition, sheet);
    if (gaps.length > 0 || !standing.band) {
      return invalid(incompleteWords(draft.scorecard.definition, gaps));
    }
    await saveDraft(tx, draftId, sheet);
    const { score, band, knockOuts } = standing;
    const outcome = outcomeWords(draft.scorecard.definition, standing);
    await tx.assessment.update({
      where: { id: BigInt(draftId) },
      data: { status: 'SUBMITTED', submittedAt: new Date(), score, band: band.code, knockOuts },
    });
    const about = { assessmentId: draftId, opportunityId: opportunity.id, now: opportunity };
    await keepBasis(tx, about);
    return {
      columns: { saNotes: sheet.summary.trim(), practiceHeadRecommendation: null },
      event: {
        kind: 'opportunity.submitted',
        data: {
          from: opportunity.status,
          to,
          version: draft.version,
          score,
          band: band.name,
          knockOuts,
        },
      },
      message: `The assessment is submitted: ${outcome}.`,
      notice: {
        title: `${viewer.name} submitted the assessment of “${opportunity.name ?? 'an opportunity'}”`,
        body: `${outcome}. It waits for a recommendation.`,
      },
      result: { version: draft.version, score },
    };
  });
}

/** What stands in the way; what is too long is named at once, since it is not missing. */
function incompleteWords(card: Scorecard, gaps: readonly Gap[]): string {
  const long = gaps.filter(isLong);
  const missing = long.length < gaps.length ? ': see what is missing' : '';
  const words = [`The assessment is not complete yet${missing}.`];
  return [...words, ...long.map((gap) => longWords(card, gap))].join(' ');
}

/** What came out, the knock-out included: it speaks louder than the band. */
function outcomeWords(card: Scorecard, { score, band, knockOuts }: Standing): string {
  const names = card.criteria
    .filter(({ code }) => knockOuts.includes(code))
    .map(({ name }) => name);
  const out = names.length > 0 ? `, knocked out by ${names.join(' and ')}` : '';
  return `${formatScore(score)}, ${band?.name ?? 'no band'}${out}`;
}
