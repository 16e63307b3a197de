import { resolveMarks } from '#app/models/assessment-basis.server.ts';
import { beginNextVersion } from './next-version.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { overtaken } from './refuse.server.ts';

/** Sends a submitted assessment back with a reason; the next version begins from its answers. */
export function returnAssessment(acting: Acting, input: { assessmentId: string; reason: string }) {
  return qualify(acting, { intent: 'return' }, async (qualifying) => {
    const { tx, viewer, opportunity, submitted, to } = qualifying;
    if (submitted?.id !== input.assessmentId) return overtaken(tx, opportunity.id);
    await tx.assessmentReturn.create({
      data: {
        assessmentId: BigInt(submitted.id),
        reason: input.reason,
        returnedById: viewer.id,
        returnedByName: viewer.name,
      },
    });
    await resolveMarks(tx, opportunity.id, 'RENEWED', viewer);
    const version = await beginNextVersion(qualifying, submitted);
    return {
      columns: { practiceHeadRecommendation: null },
      event: {
        kind: 'opportunity.returned',
        data: {
          from: opportunity.status,
          to,
          version: submitted.version,
          reason: input.reason,
        },
      },
      message: `Returned: version ${version} is open for the architect.`,
      notice: {
        title: `${viewer.name} returned your assessment of “${opportunity.name ?? 'an opportunity'}”`,
        body: input.reason,
      },
      result: { version },
    };
  });
}
