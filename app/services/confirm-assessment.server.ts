import { keepBasis, resolveMarks } from '#app/models/assessment-basis.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { overtaken } from './refuse.server.ts';

/** Says that a stale assessment, or the decision on it, still holds: it then rests on what the CRM says now. */
export function confirmAssessment(acting: Acting, assessmentId: string) {
  return qualify(acting, { intent: 'still-holds' }, async (qualifying) => {
    const { tx, viewer, opportunity, submitted, to } = qualifying;
    if (submitted?.id !== assessmentId) return overtaken(tx, opportunity.id);
    const fields = await resolveMarks(tx, opportunity.id, 'STILL_HOLDS', viewer);
    await keepBasis(tx, { assessmentId, opportunityId: opportunity.id, now: opportunity });
    return {
      columns: {},
      event: {
        kind: 'opportunity.assessment_confirmed',
        data: { from: opportunity.status, to, version: submitted.version, fields },
      },
      message: 'Confirmed: it still holds.',
      notice: {
        title: `${viewer.name} says the assessment of “${opportunity.name ?? 'an opportunity'}” still holds`,
      },
      result: {},
    };
  });
}
