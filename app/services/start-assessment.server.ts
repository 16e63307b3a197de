import { beginDraft } from '#app/models/assessment-draft.server.ts';
import { qualify, type Acting } from './qualify.server.ts';

/** Opens the first sheet, or the next one where an older is on record, on the published scorecard. */
export function startAssessment(acting: Acting) {
  return qualify(
    acting,
    { intent: 'start' },
    async ({ tx, viewer, opportunity, submitted, to }) => {
      const version = (submitted?.version ?? 0) + 1;
      const { scorecard } = await beginDraft(tx, {
        opportunityId: opportunity.id,
        version,
        assessor: viewer,
        before: submitted,
      });
      return {
        event: {
          kind: 'opportunity.assessment_started',
          data: { from: opportunity.status, to, version, scorecard: scorecard.name },
        },
        message: 'The assessment is open.',
        result: { version },
      };
    },
  );
}
