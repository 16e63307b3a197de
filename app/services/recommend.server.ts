import { qualify, type Acting } from './qualify.server.ts';
import { overtaken } from './refuse.server.ts';

const names = { GO: 'GO', NO_GO: 'NO-GO', CONDITIONAL: 'conditional GO' } as const;

/** Records the practice head's view of the latest assessment. */
export function recommend(
  acting: Acting,
  input: { assessmentId: string; verdict: 'GO' | 'NO_GO' | 'CONDITIONAL'; rationale: string },
) {
  return qualify(acting, { intent: 'recommend' }, async (qualifying) => {
    const { tx, viewer, mandate, opportunity, submitted, to } = qualifying;
    if (submitted?.id !== input.assessmentId) return overtaken(tx, opportunity.id);
    const { verdict, rationale } = input;
    await tx.recommendation.create({
      data: {
        opportunityId: BigInt(opportunity.id),
        assessmentId: BigInt(submitted.id),
        ...{ verdict, rationale },
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
          ...{ from: opportunity.status, to, version: submitted.version, verdict, rationale },
        },
      },
      message: `Recommended: ${names[verdict]}.`,
      notice: {
        title: `${viewer.name} recommends ${names[verdict]} for “${opportunity.name ?? 'an opportunity'}”`,
        body: rationale,
      },
      result: {},
    };
  });
}
