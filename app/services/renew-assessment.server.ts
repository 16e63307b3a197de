import { resolveMarks } from '#app/models/assessment-basis.server.ts';
import { beginDraft } from '#app/models/assessment-draft.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { overtaken } from './refuse.server.ts';

/** Begins the next version of an assessment that has gone stale, from the answers of the last. */
export function renewAssessment(acting: Acting, assessmentId: string) {
  return qualify(acting, { intent: 'renew' }, async (qualifying) => {
    const { tx, viewer, opportunity, submitted, to } = qualifying;
    if (submitted?.id !== assessmentId) return overtaken(tx, opportunity.id);
    await resolveMarks(tx, opportunity.id, 'RENEWED', viewer);
    const version = submitted.version + 1;
    await beginDraft(tx, {
      opportunityId: opportunity.id,
      version,
      assessor: viewer,
      before: submitted,
    });
    return {
      columns: { practiceHeadRecommendation: null },
      event: {
        kind: 'opportunity.assessment_renewed',
        data: { from: opportunity.status, to, version },
      },
      message: `Version ${version} is open.`,
      notice: {
        title: `${viewer.name} assesses “${opportunity.name ?? 'an opportunity'}” anew`,
        body: 'The CRM has changed since the last assessment.',
      },
      result: { version },
    };
  });
}
