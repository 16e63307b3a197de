import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { markStale } from '#app/models/stale-mark.server.ts';

export interface HeldDecision {
  runId: string;
  actor: { id: string; name: string };
  reason?: string;
  requestId?: string;
}

export type HeldDecided = { ok: true; count: number } | { ok: false; reason: 'not-held' };

/** Marks gone what a held sweep did not see, and lets the run count as done. `count`: rows marked. */
export async function releaseHeldSync(input: HeldDecision): Promise<HeldDecided> {
  const id = BigInt(input.runId);
  return db.$transaction(async (tx) => {
    const released = await tx.$executeRaw`
      UPDATE sync_logs SET error_message = NULL,
        status = (CASE WHEN failed_records > 0 THEN 'PARTIAL' ELSE 'SUCCESS' END)::sync_status
      WHERE id = ${id} AND status = 'HELD' AND held_cause = 'MISSING'`;
    if (released === 0) return { ok: false, reason: 'not-held' } as const;
    const marked = await tx.$queryRaw<{ id: string }[]>`
      WITH marked AS (
        UPDATE opportunities SET gone_since = now(), last_sync_log_id = ${id}, last_synced_at = now()
        WHERE gone_since IS NULL
          AND id IN (SELECT opportunity_id FROM sync_missing WHERE sync_log_id = ${id})
        RETURNING id
      ), changes AS (
        INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind)
        SELECT id, ${id}, 'GONE' FROM marked
      )
      SELECT id::text FROM marked`;
    const ids = marked.map((row) => row.id);
    await markStale((text, values) => tx.$queryRawUnsafe(text, ...values), ids, input.runId);
    await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
    await tx.syncLog.update({ where: { id }, data: { removedRecords: ids.length } });
    await recordEvent(tx, {
      kind: 'sync.released',
      actor: input.actor,
      subject: { type: 'sync_run', id: input.runId },
      data: { marked: ids.length, ...(input.reason && { reason: input.reason }) },
      requestId: input.requestId,
    });
    return { ok: true, count: ids.length } as const;
  });
}
