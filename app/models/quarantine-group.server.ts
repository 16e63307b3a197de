import { redactText } from '#app/domain/redaction.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { causeNameOf, type GroupKey } from './sync-quarantine.server.ts';

export interface QuarantineGroup extends GroupKey {
  /** The cause in words. */
  causeName: string;
  records: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** How often its records were tried again, all together. */
  timesTried: number;
  lastTriedAt: Date | null;
  /** What is wrong with the one met last. */
  sample: string;
  /** The newest of its records; what comes later is not what a person has looked at. */
  upTo: string;
}

const columns = Prisma.sql`
  cause, field, count(*)::int AS records, min(created_at) AS "firstSeenAt",
  max(last_seen_at) AS "lastSeenAt", sum(times_tried)::int AS "timesTried",
  max(last_tried_at) AS "lastTriedAt", max(id)::text AS "upTo",
  (array_agg(message ORDER BY last_seen_at DESC, id DESC))[1] AS sample`;

type Row = Omit<QuarantineGroup, 'causeName'>;

/** What is in quarantine by cause and field, the largest group first. */
export async function listGroups(db: Db, limit: number): Promise<QuarantineGroup[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns} FROM sync_quarantine WHERE resolved_at IS NULL
    GROUP BY cause, field ORDER BY records DESC, cause, field LIMIT ${limit}`;
  return rows.map(asGroup);
}

/** One group; null where nothing of it is in quarantine. */
export async function getGroup(
  db: Db,
  { cause, field }: GroupKey,
): Promise<QuarantineGroup | null> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns} FROM sync_quarantine
    WHERE resolved_at IS NULL AND cause = ${cause} AND field IS NOT DISTINCT FROM ${field}
    GROUP BY cause, field`;
  return rows[0] ? asGroup(rows[0]) : null;
}

/** The fields for which records are in quarantine by this cause. */
export async function listFieldsOf(db: Db, cause: string): Promise<(string | null)[]> {
  const rows = await db.syncQuarantine.findMany({
    where: { resolvedAt: null, cause },
    distinct: ['field'],
    select: { field: true },
    orderBy: { field: 'asc' },
  });
  return rows.map(({ field }) => field);
}

function asGroup(row: Row): QuarantineGroup {
  return { ...row, causeName: causeNameOf(row.cause), sample: redactText(row.sample).text };
}
