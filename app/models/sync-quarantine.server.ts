import { quarantineCauses, type QuarantineCause } from '#app/domain/sync.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface QuarantinedRecord {
  id: string;
  /** The run that met it first, and the one that met it last. */
  runId: string;
  lastRunId: string;
  remoteId: string | null;
  remoteNumber: string | null;
  cause: string;
  /** The cause in words. */
  causeName: string;
  field: string | null;
  message: string;
  /** The record whole, as the CRM sent it. */
  payload: string;
  timesSeen: number;
  createdAt: Date;
  lastSeenAt: Date;
}

/** The records in quarantine, latest first; with `runId` those that run put or met there. */
export async function listQuarantine(
  db: Db,
  { runId, limit }: { runId?: bigint; limit: number },
): Promise<QuarantinedRecord[]> {
  const ofRun = runId === undefined ? {} : { OR: [{ syncLogId: runId }, { lastSyncLogId: runId }] };
  const rows = await db.syncQuarantine.findMany({
    where: { resolvedAt: null, ...ofRun },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    runId: row.syncLogId.toString(),
    lastRunId: row.lastSyncLogId.toString(),
    remoteId: row.remoteId,
    remoteNumber: row.remoteNumber,
    cause: row.cause,
    causeName: quarantineCauses[row.cause as QuarantineCause] ?? row.cause,
    field: row.field,
    message: row.message,
    payload: row.payload,
    timesSeen: row.timesSeen,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
  }));
}

/** How many records are in quarantine. */
export async function countOpen(db: Db): Promise<number> {
  return db.syncQuarantine.count({ where: { resolvedAt: null } });
}
