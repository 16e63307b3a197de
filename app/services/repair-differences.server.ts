import { db, type Db } from '#app/lib/db.server.ts';
import { listRepairable } from '#app/models/sync-preview.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { orderPatience, placeOrder, ringFor } from './request-sync.server.ts';

export interface RepairRequest {
  /** The reconciliation that found the differences. */
  runId: string;
  /** Rows of sync_previews; null for all in which the copy contradicts the source. */
  chosen: string[] | null;
  actor: { id: string; name: string };
  requestId?: string;
}

export type RepairRequested =
  | { ok: true; runId: string; count: number }
  | { ok: false; reason: 'nothing-to-repair' | 'already-running' | 'not-allowed' };

/** Asks the CRM again, record by record, for what a reconciliation found to differ. `count`: records. */
export async function repairDifferences(input: RepairRequest): Promise<RepairRequested> {
  const ordered = await db.$transaction((tx) => orderRepair(tx, input), orderPatience);
  if (ordered.ok) await ringFor(ordered.runId);
  return ordered;
}

async function orderRepair(tx: Db, input: RepairRequest): Promise<RepairRequested> {
  if (!(await stillHolds(tx, input.actor.id, 'run:sync'))) {
    return { ok: false, reason: 'not-allowed' };
  }
  const chosen = input.chosen?.map(BigInt) ?? null;
  const found = await listRepairable(tx, BigInt(input.runId), chosen);
  if (found.length === 0) return { ok: false, reason: 'nothing-to-repair' };
  const ordered = await placeOrder(tx, {
    mode: 'INCREMENTAL',
    purpose: 'REPAIR',
    targets: found.map(({ remoteId, remoteNumber }) => ({
      remoteId,
      remoteNumber,
      quarantineId: null,
    })),
    previews: found.map(({ previewId }) => previewId),
    actor: input.actor,
    requestId: input.requestId,
  });
  if (!ordered.ok) return { ok: false, reason: 'already-running' };
  return { ok: true, runId: ordered.runId, count: found.length };
}
