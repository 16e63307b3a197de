import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { markGone } from '#app/models/gone-mark.server.ts';

export interface HeldDecision {
  runId: string;
  actor: { id: string; name: string };
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
    const missing = await tx.syncMissing.findMany({ where: { syncLogId: id } });
    const marked = await markGone(
      (text, values) => tx.$queryRawUnsafe(text, ...values),
      missing.map(({ opportunityId }) => opportunityId.toString()),
      input.runId,
    );
    await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
    await tx.syncLog.update({ where: { id }, data: { removedRecords: marked } });
    await recordEvent(tx, {
      kind: 'sync.released',
      actor: input.actor,
      subject: { type: 'sync_run', id: input.runId },
      data: { marked },
      requestId: input.requestId,
    });
    return { ok: true, count: marked } as const;
  });
}
