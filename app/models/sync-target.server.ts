import { targetOutcomes, type TargetOutcome } from '#app/domain/sync.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A record a repair or a replay goes to, and what came of it. */
export interface SyncTarget {
  id: string;
  remoteId: string | null;
  remoteNumber: string | null;
  /** Whether it was in quarantine when it was asked for. */
  fromQuarantine: boolean;
  /** Null until it is done. */
  outcome: TargetOutcome | null;
  message: string | null;
  doneAt: Date | null;
}

export interface SyncTargets {
  /** Those that went wrong first, then those still to come, then the others. */
  shown: SyncTarget[];
  total: number;
  /** How many came to what; those still to come are not among them. */
  counts: Partial<Record<TargetOutcome, number>>;
}

/** The targets of a run, at most `limit` of them; null where it has none. */
export async function listTargets(
  db: Db,
  runId: bigint,
  limit: number,
): Promise<SyncTargets | null> {
  const grouped = await db.syncTarget.groupBy({
    by: ['outcome'],
    where: { syncLogId: runId },
    _count: true,
  });
  if (grouped.length === 0) return null;
  const shown = await db.$queryRaw<(Omit<SyncTarget, 'outcome'> & { outcome: string | null })[]>`
    SELECT id::text, remote_id::text AS "remoteId", remote_number AS "remoteNumber",
      quarantine_id IS NOT NULL AS "fromQuarantine", outcome, message, done_at AS "doneAt"
    FROM sync_targets WHERE sync_log_id = ${runId}
    ORDER BY CASE WHEN outcome IN ('QUARANTINED', 'FAILED', 'NOT_FOUND') THEN 0
      WHEN outcome IS NULL THEN 1 ELSE 2 END, id LIMIT ${limit}`;
  return {
    shown: shown.map((row) => ({ ...row, outcome: outcomeOf(row.outcome) })),
    total: grouped.reduce((sum, { _count }) => sum + _count, 0),
    counts: Object.fromEntries(
      grouped.flatMap(({ outcome, _count }) => (outcome === null ? [] : [[outcome, _count]])),
    ),
  };
}

function outcomeOf(outcome: string | null): TargetOutcome | null {
  return targetOutcomes.find((each) => each === outcome) ?? null;
}
