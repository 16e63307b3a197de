import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';

/** Puts on the record that somebody tried something with an opportunity they may not read. */
export async function noteAttempt(attempt: {
  actor: { id: string; name: string };
  opportunity: { id: string; name: string | null; workflowStatus: WorkflowStatus };
  /** What was asked for; as it came from outside, only what could be an intent is kept. */
  intent: string;
  requestId?: string;
}): Promise<void> {
  const { actor, opportunity, intent, requestId } = attempt;
  await recordEvent(db, {
    kind: 'opportunity.refused',
    actor,
    subject: { type: 'opportunity', id: opportunity.id, name: opportunity.name },
    data: {
      intent: intent.replace(/[^a-z-]/g, '').slice(0, 40) || 'nothing',
      state: opportunity.workflowStatus,
      refusal: 'not-found',
    },
    requestId,
  });
}
