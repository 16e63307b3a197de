import { previewSchema, type PreviewCounts } from '#app/domain/sync-preview.ts';
import type { SyncRun } from '#app/domain/freshness.ts';
import { writingPurposes } from '#app/domain/sync.ts';
import type { Db } from '#app/lib/db.server.ts';
import { listRuns } from './sync-log.server.ts';

/** A comparison of the copy with the source. */
export interface Reconciliation {
  run: SyncRun;
  counts: PreviewCounts;
}

/** One CRM status and month of closing on both sides. */
export interface ReconciledGroup {
  /** Empty: not set in CRM. */
  crmStatus: string;
  /** YYYY-MM; empty: not set in CRM. */
  month: string;
  sourceCount: number;
  copyCount: number;
  /** Whether the same records stand on both sides, in every mapped column. */
  same: boolean;
}

export interface ReconciledGroups {
  /** Those that differ first, at most as many as asked for. */
  rows: ReconciledGroup[];
  total: number;
  differing: number;
  sourceCount: number;
  copyCount: number;
}

/** The last reconciliations, newest first, however they ended. */
export async function listReconciliations(db: Db, limit: number): Promise<Reconciliation[]> {
  const runs = await listRuns(db, limit, ['RECONCILE']);
  const saved = await db.syncLog.findMany({
    where: { id: { in: runs.map(({ id }) => BigInt(id)) } },
    select: { id: true, preview: true },
  });
  const previews = new Map(saved.map(({ id, preview }) => [id.toString(), preview]));
  return runs.map((run) => ({ run, counts: previewSchema.parse(previews.get(run.id) ?? {}) }));
}

/** The sums of a reconciliation. */
export async function readGroups(db: Db, runId: bigint, limit: number): Promise<ReconciledGroups> {
  const same = `source_count = copy_count AND source_checksum = copy_checksum`;
  const [rows, totals] = await Promise.all([
    db.$queryRawUnsafe<ReconciledGroup[]>(
      `SELECT crm_status AS "crmStatus", month, source_count::int AS "sourceCount",
         copy_count::int AS "copyCount", ${same} AS same
       FROM reconciliation_groups WHERE sync_log_id = $1 AND source_count + copy_count > 0
       ORDER BY same, crm_status, month LIMIT $2`,
      ...[runId, limit],
    ),
    db.$queryRawUnsafe<Omit<ReconciledGroups, 'rows'>[]>(
      `SELECT count(*)::int AS total, count(*) FILTER (WHERE NOT (${same}))::int AS differing,
         coalesce(sum(source_count), 0)::int AS "sourceCount",
         coalesce(sum(copy_count), 0)::int AS "copyCount"
       FROM reconciliation_groups WHERE sync_log_id = $1 AND source_count + copy_count > 0`,
      runId,
    ),
  ]);
  return { rows, ...totals[0]! };
}

/** How many runs have written since, or may have. */
export async function countWritingRunsAfter(db: Db, runId: bigint): Promise<number> {
  return db.syncLog.count({
    where: { id: { gt: runId }, purpose: { in: [...writingPurposes] } },
  });
}
