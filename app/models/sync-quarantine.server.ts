import { redactRecord, type RedactedRecord } from '#app/domain/redacted-record.ts';
import { redactText } from '#app/domain/redaction.ts';
import { quarantineCauses, type QuarantineCause } from '#app/domain/sync.ts';
import type { SyncQuarantine } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A record in quarantine as people may see it: what it holds is redacted. */
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
  record: RedactedRecord;
  timesSeen: number;
  timesTried: number;
  lastTriedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** The records that fail alike. */
export interface GroupKey {
  cause: string;
  field: string | null;
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
  return rows.map(asRecord);
}

/** A page of the records that fail alike, in the order they came; those after `after` (an id). */
export async function listGroup(
  db: Db,
  { cause, field }: GroupKey,
  { after, limit }: { after: bigint | null; limit: number },
): Promise<QuarantinedRecord[]> {
  const rows = await db.syncQuarantine.findMany({
    where: { resolvedAt: null, cause, field, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(asRecord);
}

/** How many records are in quarantine. */
export async function countOpen(db: Db): Promise<number> {
  return db.syncQuarantine.count({ where: { resolvedAt: null } });
}

/**
 * How many records a person has discarded that the CRM, as far as we know, still sends as they were then: none
 * put there anew or written since, and none that a later full sync did not meet.
 */
export async function countDiscarded(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM sync_quarantine q WHERE q.resolution = 'DISCARDED'
      AND NOT EXISTS (SELECT FROM sync_quarantine n WHERE n.fingerprint = q.fingerprint AND n.id > q.id)
      AND NOT EXISTS (SELECT FROM opportunities o WHERE o.last_synced_at > q.last_seen_at
        AND o.remote_id = CASE WHEN q.remote_id ~ '^[1-9][0-9]{0,17}$' THEN q.remote_id::bigint END)
      AND NOT EXISTS (SELECT FROM sync_logs l WHERE l.id > q.last_sync_log_id AND l.purpose = 'SYNC'
        AND l.sync_type = 'FULL' AND l.status IN ('SUCCESS', 'PARTIAL'))`;
  return row?.count ?? 0;
}

export function causeNameOf(cause: string): string {
  return quarantineCauses[cause as QuarantineCause] ?? cause;
}

function asRecord(row: SyncQuarantine): QuarantinedRecord {
  return {
    id: row.id.toString(),
    runId: row.syncLogId.toString(),
    lastRunId: row.lastSyncLogId.toString(),
    remoteId: row.remoteId,
    remoteNumber: row.remoteNumber,
    cause: row.cause,
    causeName: causeNameOf(row.cause),
    field: row.field,
    message: redactText(row.message).text,
    record: redactRecord(row.payload, row.field),
    timesSeen: row.timesSeen,
    timesTried: row.timesTried,
    lastTriedAt: row.lastTriedAt,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
  };
}
