import { resolveMarks } from '#app/models/assessment-basis.server.ts';
import { beginNextVersion } from './next-version.server.ts';
import { qualify, type Acting } from './qualify.server.ts';

/** Takes a decision back for a new look: the next version begins, or what came before the decline. */
export function reopenOpportunity(acting: Acting, reason: string) {
  return qualify(acting, { intent: 'reopen' }, async (qualifying) => {
    const { tx, viewer, opportunity, submitted, to } = qualifying;
    await resolveMarks(tx, opportunity.id, 'RENEWED', viewer);
    const version = submitted ? await beginNextVersion(qualifying, submitted) : null;
    return {
      columns: { managementDecision: null, practiceHeadRecommendation: null },
      event: {
        kind: 'opportunity.reopened',
        data: { from: opportunity.status, to, version, reason },
      },
      message: version ? `Reopened: version ${version} is open.` : 'Reopened.',
      notice: {
        title: `${viewer.name} reopened “${opportunity.name ?? 'an opportunity'}”`,
        body: reason,
      },
      result: { version },
    };
  });
}
