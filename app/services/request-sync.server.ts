import { Prisma } from '#app/generated/prisma/client.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { db } from '#app/lib/db.server.ts';
import { log } from '#app/lib/log.server.ts';
import { sendJob } from '#app/lib/boss.server.ts';
import type { SyncTrigger, SyncType } from '#app/domain/sync.ts';
import { runQueue } from '#jobs/queues.ts';

export interface SyncRequest {
  mode: SyncType;
  /** `id` is null for BQS itself. */
  actor: { id: string | null; name: string };
  trigger?: SyncTrigger;
  requestId?: string;
}

export type SyncRequested =
  { ok: true; runId: string } | { ok: false; reason: 'already-running'; runId: string };

/** Asks for a sync. The row it writes is the order, the job only its bell: a worker finds the row anyway. */
export async function requestSync(input: SyncRequest): Promise<SyncRequested> {
  const runId = await placeOrder(input);
  if (runId === null) {
    const running = await db.syncLog.findFirst({
      where: { status: 'RUNNING' },
      select: { id: true },
    });
    // It may have ended in this very moment; then the order goes through now.
    if (!running) return requestSync(input);
    return { ok: false, reason: 'already-running', runId: running.id.toString() };
  }
  await sendJob(runQueue, { runId }).catch((error: unknown) => {
    log.warn({ runId, error: String(error) }, 'sync ordered without a job; a worker will find it');
  });
  return { ok: true, runId };
}

/** Returns the id of the new run, or null where one is running. */
async function placeOrder({
  mode,
  actor,
  trigger,
  requestId,
}: SyncRequest): Promise<string | null> {
  try {
    return await db.$transaction(async (tx) => {
      const run = await tx.syncLog.create({
        data: { syncType: mode, trigger: trigger ?? 'PERSON', requestedById: actor.id },
        select: { id: true },
      });
      const id = run.id.toString();
      await recordEvent(tx, {
        kind: 'sync.requested',
        actor,
        subject: { type: 'sync_run', id },
        data: { mode },
        requestId,
      });
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
