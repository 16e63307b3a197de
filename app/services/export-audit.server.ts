import type { AuditChoice } from '#app/domain/audit-address.ts';
import { auditFilterWords, type AuditFilter } from '#app/domain/audit-filter.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { measureAudit } from '#app/models/audit-list.server.ts';

/** Puts on the record that somebody takes these events out of BQS. Returns how many there are and the newest. */
export function exportAudit(by: {
  actor: { id: string; name: string };
  filter: AuditFilter;
  chosen: AuditChoice;
  requestId?: string;
}): Promise<{ rows: number; upTo: bigint }> {
  return db.$transaction(async (tx) => {
    const measured = await measureAudit(tx, by.filter);
    await recordEvent(tx, {
      kind: 'audit.exported',
      actor: by.actor,
      subject: { type: 'audit', id: 'export', name: 'Audit events' },
      data: { rows: measured.rows, filter: auditFilterWords(by.chosen) },
      requestId: by.requestId,
    });
    return measured;
  });
}
