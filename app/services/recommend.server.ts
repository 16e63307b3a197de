import type { Recommended } from '#app/domain/scoring.ts';
import { recommendationNames } from '#app/domain/work-words.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { overtaken } from './refuse.server.ts';

/** Records the practice head's view of the latest assessment. */
export function recommend(
  acting: Acting,
  input: { assessmentId: string; verdict: Recommended; rationale: string },
) {
  return qualify(acting, { intent: 'recommend' }, async (qualifying) => {
    const { tx, viewer, mandate, opportunity, submitted, to } = qualifying;
    if (submitted?.id !== input.assessmentId) return overtaken(tx, opportunity.id);
    const { verdict, rationale } = input;
    await tx.recommendation.create({
      data: {
        opportunityId: BigInt(opportunity.id),
        assessmentId: BigInt(submitted.id),
        verdict,
        rationale,
        recommendedById: viewer.id,
        recommendedByName: viewer.name,
        recommendedForId: mandate?.absent.id,
      },
    });
    return {
      columns: { practiceHeadRecommendation: verdict },
      event: {
        kind: 'opportunity.recommended',
        data: {
          from: opportunity.status,
          to,
          version: submitted.version,
          verdict,
          rationale,
        },
      },
      message: `Recommended: ${recommendationNames[verdict]}.`,
      notice: {
        title: `${viewer.name} recommends ${recommendationNames[verdict]} for “${opportunity.name ?? 'an opportunity'}”`,
        body: rationale,
      },
      result: {},
    };
  });
}
