import {
  differingKinds,
  previewSchema,
  repairableKinds,
  type Preview,
  type PreviewKind,
} from '#app/domain/sync-preview.ts';
import type { TargetOutcome } from '#app/domain/sync.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A record that would be written, or in which copy and source differ. */
export interface PreviewedRecord {
  /** sync_previews.id */
  id: string;
  kind: PreviewKind;
  remoteId: string | null;
  remoteNumber: string | null;
  name: string | null;
  /** Ours before, the CRM's after. A refused record has `message` in their place. */
  fields: { field: string | null; before: string | null; after: string | null; message?: string }[];
  /** The repair that was asked for it, and what came of it; null while nothing has. */
  repair: { runId: string; outcome: TargetOutcome | null; message: string | null } | null;
  /** Whether a repair may be asked for it now. */
  repairable: boolean;
}

export interface PreviewGroup {
  kind: PreviewKind;
  /** The first of them, in the order of OptyId. */
  records: PreviewedRecord[];
}

/** What a run counted that it would write, or that differs; null for a run that previews nothing. */
export async function getPreview(db: Db, runId: bigint): Promise<Preview | null> {
  const row = await db.syncLog.findUnique({ where: { id: runId }, select: { preview: true } });
  return row?.preview ? previewSchema.parse(row.preview) : null;
}

/** What a run listed, kind by kind, at most `limit` of each. Spans every practice: for who reads them all. */
export async function listPreviews(db: Db, runId: bigint, limit: number): Promise<PreviewGroup[]> {
  const rows = await db.$queryRaw<PreviewedRecord[]>`
    SELECT p.id::text, p.kind, p.remote_id::text AS "remoteId", p.remote_number AS "remoteNumber",
      p.name, p.fields, ${repairable} AS repairable,
      CASE WHEN p.repaired_by IS NOT NULL THEN json_build_object('runId', p.repaired_by::text,
        'outcome', t.outcome, 'message', t.message) END AS repair
    FROM (
      SELECT *, row_number() OVER (PARTITION BY kind ORDER BY remote_id, id) AS place
      FROM sync_previews WHERE sync_log_id = ${runId}
    ) p
    LEFT JOIN LATERAL (
      SELECT outcome, message FROM sync_targets t
      WHERE t.sync_log_id = p.repaired_by AND t.remote_id = p.remote_id LIMIT 1
    ) t ON true
    WHERE p.place <= ${limit} ORDER BY p.kind, p.place`;
  const groups = Map.groupBy(rows, ({ kind }) => kind);
  return [...groups].map(([kind, records]) => ({ kind, records }));
}

// Asked for once is enough, unless that repair did not come to its end or to this record.
const repairable = Prisma.sql`(p.kind = ANY(${[...repairableKinds]}::text[])
  AND NOT EXISTS (SELECT FROM sync_logs l WHERE l.id = p.repaired_by
    AND l.status NOT IN ('FAILED', 'CANCELLED')))`;

export interface RepairTarget {
  previewId: bigint;
  remoteId: bigint | null;
  remoteNumber: string | null;
}

/** How many records that contradict the source a repair may still be asked for. */
export async function countRepairable(db: Db, runId: bigint): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM sync_previews p
    WHERE p.sync_log_id = ${runId} AND p.kind = ANY(${[...differingKinds]}::text[]) AND ${repairable}`;
  return row?.count ?? 0;
}

/** The records of a reconciliation to repair: the chosen ones, or null for all that contradict the source. */
export async function listRepairable(
  db: Db,
  runId: bigint,
  chosen: bigint[] | null,
): Promise<RepairTarget[]> {
  const which = chosen
    ? Prisma.sql`p.id = ANY(${chosen}::bigint[])`
    : Prisma.sql`p.kind = ANY(${[...differingKinds]}::text[])`;
  return db.$queryRaw<RepairTarget[]>`
    SELECT p.id AS "previewId", p.remote_id AS "remoteId", p.remote_number AS "remoteNumber"
    FROM sync_previews p JOIN sync_logs r ON r.id = p.sync_log_id
    WHERE p.sync_log_id = ${runId} AND r.purpose = 'RECONCILE' AND r.status IN ('SUCCESS', 'PARTIAL')
      AND ${which} AND ${repairable}
    ORDER BY p.id`;
}
