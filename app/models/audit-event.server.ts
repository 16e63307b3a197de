import { auditEvents, type AuditInput } from '#app/domain/audit.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Appends one event. Give it the transaction of the change it tells of, so that neither stands alone. */
export async function recordEvent(db: Db, input: AuditInput): Promise<void> {
  await db.auditEvent.create({
    data: {
      kind: input.kind,
      actorId: input.actor.id,
      actorName: input.actor.name,
      actedFor: input.actor.forId ?? null,
      subjectType: input.subject.type,
      subjectId: input.subject.id,
      subjectName: input.subject.name ?? null,
      data: auditEvents[input.kind].parse(input.data),
      requestId: input.requestId ?? null,
    },
  });
}
