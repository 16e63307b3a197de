import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import type { HeldDecided, HeldDecision } from './release-held-sync.server.ts';

/** Marks nothing of what a held sweep did not see and closes it as cancelled. `count`: rows spared. */
export async function dropHeldSync(input: HeldDecision): Promise<HeldDecided> {
  const id = BigInt(input.runId);
  return db.$transaction(async (tx) => {
    const dropped = await tx.syncLog.updateMany({
      where: { id, status: 'HELD' },
      data: {
        status: 'CANCELLED',
        errorMessage: `Held, and dropped by ${input.actor.name}. Nothing was marked gone.`,
      },
    });
    if (dropped.count === 0) return { ok: false, reason: 'not-held' } as const;
    const spared = await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
    await recordEvent(tx, {
      kind: 'sync.dropped',
      actor: input.actor,
      subject: { type: 'sync_run', id: input.runId },
      data: { spared: spared.count, ...(input.reason && { reason: input.reason }) },
      requestId: input.requestId,
    });
    return { ok: true, count: spared.count } as const;
  });
}
