import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';

/** Puts on the record that somebody sent a file whose content is not taken, such as a program. */
export async function noteRefusedEvidence(refused: {
  actor: { id: string; name: string };
  opportunity: { id: string; name: string | null };
  name: string;
  reason: string;
  requestId?: string;
}): Promise<void> {
  const { actor, opportunity, name: file, reason, requestId } = refused;
  const subject = { type: 'opportunity' as const, id: opportunity.id, name: opportunity.name };
  await recordEvent(db, {
    kind: 'evidence.refused',
    actor,
    subject,
    data: { file, reason },
    requestId,
  });
}
