import { leaseSeconds } from '#app/domain/sync.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';

export interface CancelRequest {
  runId: string;
  actor: { id: string; name: string };
  requestId?: string;
}

/** Asks a running sync to end: at once where no worker holds it, else within seconds by the one that does. */
export async function cancelSync(
  input: CancelRequest,
): Promise<{ ok: true } | { ok: false; reason: 'not-running' | 'not-allowed' }> {
  const id = BigInt(input.runId);
  return db.$transaction(async (tx) => {
    if (!(await stillHolds(tx, input.actor.id, 'run:sync'))) {
      return { ok: false, reason: 'not-allowed' } as const;
    }
    const asked = await tx.syncLog.updateMany({
      where: { id, status: 'RUNNING' },
      data: { cancelRequestedAt: new Date(), cancelRequestedBy: input.actor.id },
    });
    if (asked.count === 0) return { ok: false, reason: 'not-running' } as const;
    await recordEvent(tx, {
      kind: 'sync.cancel_requested',
      actor: input.actor,
      subject: { type: 'sync_run', id: input.runId },
      data: {},
      requestId: input.requestId,
    });
    const closed = await tx.$executeRaw`
      UPDATE sync_logs SET status = 'CANCELLED', completed_at = now(), lease = NULL,
        duration_seconds = extract(epoch FROM now() - started_at)
      WHERE id = ${id} AND status = 'RUNNING' AND (lease IS NULL OR heartbeat_at IS NULL
        OR heartbeat_at < now() - make_interval(secs => ${leaseSeconds}))`;
    if (closed > 0) await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
    return { ok: true } as const;
  });
}
