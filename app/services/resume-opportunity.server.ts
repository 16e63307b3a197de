import { workflowStatusNames } from '#app/domain/workflow.ts';
import { qualify, type Acting } from './qualify.server.ts';

/** Takes an opportunity off hold, back to where it was. */
export function resumeOpportunity(acting: Acting) {
  return qualify(acting, { intent: 'resume' }, async ({ viewer, opportunity, to }) => ({
    columns: { statusBeforeHold: null, holdUntil: null, holdReason: null },
    event: { kind: 'opportunity.resumed', data: { from: opportunity.status, to } },
    message: `Resumed: it is ${workflowStatusNames[to]} again.`,
    notice: { title: `${viewer.name} resumed “${opportunity.name ?? 'an opportunity'}”` },
    result: {},
  }));
}
