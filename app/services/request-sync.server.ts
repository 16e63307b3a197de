import { recordEvent } from '#app/models/audit-event.server.ts';
import { db, type Db } from '#app/lib/db.server.ts';
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
  /** REPAIR: the rows of sync_previews that the targets come from. */
  previews?: bigint[];
  /** Why, where somebody has said so. */
  reason?: string;
  /** `id` is null for BQS itself. */
  actor: { id: string | null; name: string };
  trigger?: SyncTrigger;
  requestId?: string;
}

export type SyncRequested =
  { ok: true; runId: string } | { ok: false; reason: 'already-running'; runId: string };

/** How often an order is tried where the run in its way has ended in that very moment. */
const mostTries = 5;

/** Asks for a sync. The row it writes is the order, the job only its bell: a worker finds the row anyway. */
export async function requestSync(order: SyncRequest): Promise<SyncRequested> {
  const placed = await db.$transaction((tx) => placeOrder(tx, order), orderPatience);
  if (placed.ok) await ringFor(placed.runId);
  return placed;
}

/** For a transaction that places an order: another order may be on its way, with all its targets. */
export const orderPatience = { maxWait: 20_000, timeout: 20_000 };

/** The order alone, inside a transaction that does more; ring once it has ended. */
export async function placeOrder(tx: Db, order: SyncRequest): Promise<SyncRequested> {
  for (let tries = 0; tries < mostTries; tries++) {
    const id = await insertRun(tx, order);
    if (id !== null) {
      await writeOrder(tx, order, id);
      return { ok: true, runId: id.toString() };
    }
    const where = { status: 'RUNNING' } as const;
    const running = await tx.syncLog.findFirst({ where, select: { id: true } });
    if (running) return { ok: false, reason: 'already-running', runId: running.id.toString() };
  }
  throw new Error(`No sync could be ordered: ${mostTries} times a run ended and another began.`);
}

/** Sends the job of an order. Without it a worker only comes later. */
export async function ringFor(runId: string): Promise<void> {
  await sendJob(runQueue, { runId }).catch((error: unknown) => {
    log.warn({ runId, error: String(error) }, 'sync ordered without a job; a worker will find it');
  });
}

/** Null where a run is running: no error, after which a transaction could do nothing more. */
async function insertRun(tx: Db, order: SyncRequest): Promise<bigint | null> {
  const { mode, purpose = 'SYNC', trigger = 'PERSON', range, actor } = order;
  // Begun by the clock of the audit: what a decision led to is found by the time of its event.
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO sync_logs (sync_type, purpose, trigger, requested_by, started_at, range_from, range_to)
    VALUES (${mode}::sync_type, ${purpose}::sync_purpose, ${trigger}::sync_trigger, ${actor.id}::uuid, ${new Date()},
      ${range ? dayOf(range.from) : null}::date, ${range ? dayOf(range.to) : null}::date)
    ON CONFLICT ((true)) WHERE status = 'RUNNING' DO NOTHING RETURNING id`;
  return row?.id ?? null;
}

async function writeOrder(tx: Db, order: SyncRequest, id: bigint): Promise<void> {
  const { mode, purpose = 'SYNC', range, targets = [], previews = [] } = order;
  const { actor, reason, requestId } = order;
  const data = targets.map((target) => ({ syncLogId: id, ...target }));
  await tx.syncTarget.createMany({ data });
  await tx.syncPreview.updateMany({ where: { id: { in: previews } }, data: { repairedBy: id } });
  await recordEvent(tx, {
    kind: 'sync.requested',
    actor,
    subject: { type: 'sync_run', id: id.toString() },
    data: {
      mode,
      ...(purpose !== 'SYNC' && { purpose }),
      ...(range && { from: dayOf(range.from), to: dayOf(range.to) }),
      ...(targets.length > 0 && { records: targets.length }),
      ...(reason && { reason }),
    },
    requestId,
  });
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
