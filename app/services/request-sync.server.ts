import { Prisma } from '#app/generated/prisma/client.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { db } from '#app/lib/db.server.ts';
import { log } from '#app/lib/log.server.ts';
import { sendJob } from '#app/lib/boss.server.ts';
import type { SyncPurpose, SyncTrigger, SyncType } from '#app/domain/sync.ts';
import { runQueue } from '#jobs/queues.ts';

/** A record a repair or a replay goes to. */
export interface SyncTargetInput {
  remoteId: bigint | null;
  remoteNumber: string | null;
  /** Replay: the row of the quarantine. */
  quarantineId: bigint | null;
}

export interface SyncRequest {
  mode: SyncType;
  /** Absent: an ordinary sync. */
  purpose?: SyncPurpose;
  /** BACKFILL: days of the CRM's last update, both included. */
  range?: { from: Date; to: Date };
  /** REPAIR and REPLAY. */
  targets?: SyncTargetInput[];
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
async function placeOrder(order: SyncRequest): Promise<string | null> {
  const { mode, purpose = 'SYNC', range, targets = [], actor, trigger, requestId } = order;
  try {
    return await db.$transaction(async (tx) => {
      const run = await tx.syncLog.create({
        data: {
          ...{ syncType: mode, purpose, trigger: trigger ?? 'PERSON', requestedById: actor.id },
          ...{ rangeFrom: range?.from, rangeTo: range?.to },
          targets: { createMany: { data: targets } },
        },
        select: { id: true },
      });
      const id = run.id.toString();
      await recordEvent(tx, {
        kind: 'sync.requested',
        actor,
        subject: { type: 'sync_run', id },
        data: {
          mode,
          ...(purpose !== 'SYNC' && { purpose }),
          ...(range && { from: dayOf(range.from), to: dayOf(range.to) }),
          ...(targets.length > 0 && { records: targets.length }),
        },
        requestId,
      });
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
