import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import type { HeldDecided, HeldDecision } from './release-held-sync.server.ts';

/** What a held run has left alone, for each cause of holding it. */
const spared = {
  MISSING: 'Nothing was marked gone.',
  FIELD_VANISHED: 'Nothing was overwritten.',
} as const;

/** Marks nothing of what a held sweep did not see and closes it as cancelled. `count`: rows spared. */
export async function dropHeldSync(input: HeldDecision): Promise<HeldDecided> {
  const id = BigInt(input.runId);
  return db.$transaction(async (tx) => {
    if (!(await stillHolds(tx, input.actor.id, 'run:sync'))) {
      return { ok: false, reason: 'not-allowed' } as const;
    }
    const held = await tx.syncLog.findFirst({ where: { id, status: 'HELD' } });
    const words = spared[held?.heldCause ?? 'MISSING'];
    const dropped = await tx.syncLog.updateMany({
      where: { id, status: 'HELD' },
      data: {
        status: 'CANCELLED',
        errorMessage: `Held, and dropped by ${input.actor.name}. ${words}`,
      },
    });
    if (dropped.count === 0) return { ok: false, reason: 'not-held' } as const;
    const listed = await tx.syncMissing.deleteMany({ where: { syncLogId: id } });
    await recordEvent(tx, {
      kind: 'sync.dropped',
      actor: input.actor,
      subject: { type: 'sync_run', id: input.runId },
      data: { spared: listed.count, ...(input.reason && { reason: input.reason }) },
      requestId: input.requestId,
    });
    return { ok: true, count: listed.count } as const;
  });
}
