import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { markListedGone } from '#app/models/gone-mark.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';

export interface HeldDecision {
  runId: string;
  actor: { id: string; name: string };
  reason?: string;
  requestId?: string;
}

export type HeldDecided =
  { ok: true; count: number } | { ok: false; reason: 'not-held' | 'not-allowed' };

/** Marks gone what a held sweep did not see, and lets the run count as done. `count`: rows marked. */
export async function releaseHeldSync(input: HeldDecision): Promise<HeldDecided> {
  // A sweep that saw nothing lists everything there is.
  return db.$transaction((tx) => release(tx, input), { maxWait: 20_000, timeout: 300_000 });
}

async function release(tx: Db, input: HeldDecision): Promise<HeldDecided> {
  const id = BigInt(input.runId);
  if (!(await stillHolds(tx, input.actor.id, 'run:sync'))) {
    return { ok: false, reason: 'not-allowed' };
  }
  const released = await tx.$executeRaw`
    UPDATE sync_logs SET error_message = NULL,
      status = (CASE WHEN failed_records > 0 THEN 'PARTIAL' ELSE 'SUCCESS' END)::sync_status
    WHERE id = ${id} AND status = 'HELD' AND held_cause = 'MISSING'`;
  if (released === 0) return { ok: false, reason: 'not-held' };
  const marked = await markListedGone(
    (text, values) => tx.$queryRawUnsafe(text, ...values),
    input.runId,
  );
  await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
  await tx.syncLog.update({ where: { id }, data: { removedRecords: marked } });
  await recordEvent(tx, {
    kind: 'sync.released',
    actor: input.actor,
    subject: { type: 'sync_run', id: input.runId },
    data: { marked, ...(input.reason && { reason: input.reason }) },
    requestId: input.requestId,
  });
  return { ok: true, count: marked };
}
