import { findAssessor } from '#app/models/assessor.server.ts';
import { handOver } from '#app/models/assessment-draft.server.ts';
import { displayName } from '#app/models/user.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { invalid } from './refuse.server.ts';

/** Gives an opportunity to a solution architect; a draft that was begun goes along as it stands. */
export function assignOpportunity(acting: Acting, assessorId: string) {
  return qualify(acting, { intent: 'assign' }, async ({ tx, viewer, opportunity, draft, to }) => {
    const assessor = await findAssessor(tx, assessorId);
    if (!assessor) return invalid('Choose somebody who is a solution architect in BQS.');
    if (assessor.id === opportunity.assignedSa) {
      return invalid(`${assessor.name} is assigned to it already.`);
    }
    const previous = opportunity.assignedSa
      ? await tx.user.findUnique({ where: { id: opportunity.assignedSa } })
      : null;
    if (draft) await handOver(tx, draft.id, assessor);
    const assigned = `${viewer.name} assigned “${opportunity.name ?? 'an opportunity'}”`;
    return {
      columns: { assignedSa: assessor.id },
      event: {
        kind: 'opportunity.assigned',
        data: {
          from: opportunity.status,
          to,
          assessorId: assessor.id,
          assessor: assessor.name,
          previousAssessor: previous && displayName(previous),
        },
      },
      message: `${assessor.name} is assigned.`,
      notice: {
        title: `${assigned} to ${assessor.name}`,
        own: { userId: assessor.id, title: `${assigned} to you` },
        also: previous ? [previous.id] : [],
      },
      result: {},
    };
  });
}
