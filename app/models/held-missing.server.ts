import { lastRank } from '#app/domain/change-rank.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { rankOfRow, touched, untouched } from './change-rank.server.ts';
import { searchPredicate, type Sql } from './opportunity-predicate.server.ts';
import { pageSize, type ChangedOpportunity } from './run-change.server.ts';

export type MissingRow = ChangedOpportunity & { rank: number };

/** The last row of a page of what is missing. */
export interface MissingPlace {
  rank: number;
  id: string;
}

export interface MissingPage {
  rows: MissingRow[];
  next: MissingPlace | null;
}

/** A page of what a held sweep did not see: what people have decided or are at work on first. */
export async function listHeldMissing(
  db: Db,
  runId: bigint,
  { search, after }: { search: string | null; after: MissingPlace | null },
): Promise<MissingPage> {
  const wanted = pageSize + 1;
  const found = searchPredicate(search);
  const rows =
    after?.rank === lastRank
      ? []
      : await missing(db, runId, Prisma.sql`${found} AND ${touched} AND ${beyond(after)}`, wanted);
  if (rows.length < wanted) {
    const from = after?.rank === lastRank ? BigInt(after.id) : 0n;
    const rest = Prisma.sql`${found} AND ${untouched} AND m.opportunity_id > ${from}`;
    rows.push(...(await missing(db, runId, rest, wanted - rows.length)));
  }
  const page = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return { rows: page, next: last ? { rank: last.rank, id: last.id } : null };
}

function beyond(after: MissingPlace | null): Sql {
  if (!after) return Prisma.sql`TRUE`;
  return Prisma.sql`(${rankOfRow}, m.opportunity_id) > (${after.rank}, ${BigInt(after.id)})`;
}

function missing(db: Db, runId: bigint, where: Sql, limit: number): Promise<MissingRow[]> {
  return db.$queryRaw<MissingRow[]>`
    SELECT o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name,
      o.customer, o.practice, o.deal_value::text AS "dealValue", o.currency,
      o.close_date::text AS "closeDate", o.workflow_status::text AS status, ${rankOfRow} AS rank
    FROM sync_missing m JOIN opportunities o ON o.id = m.opportunity_id
    WHERE m.sync_log_id = ${runId} AND ${where}
    ORDER BY rank, m.opportunity_id LIMIT ${limit}`;
}

/** What a held sweep is about in figures. */
export interface HeldFigures {
  missing: number;
  /** Opportunities not marked gone. */
  live: number;
  /** What is missing and a search finds. */
  found: number;
  /** Of the missing: how many of each rank but the last. */
  ranks: { rank: number; count: number }[];
}

/** Counts what a held sweep did not see. */
export async function countHeldMissing(
  db: Db,
  runId: bigint,
  search: string | null,
): Promise<HeldFigures> {
  const missing = await db.syncMissing.count({ where: { syncLogId: runId } });
  const [[live], [found], ranks] = await Promise.all([
    db.$queryRaw<{ count: number }[]>`
      SELECT coalesce(sum(rows), 0)::int AS count FROM opportunity_tallies WHERE NOT gone`,
    search === null
      ? [{ count: missing }]
      : db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM sync_missing m JOIN opportunities o ON o.id = m.opportunity_id
        WHERE m.sync_log_id = ${runId} AND ${searchPredicate(search)}`,
    db.$queryRaw<{ rank: number; count: number }[]>`
      SELECT ${rankOfRow} AS rank, count(*)::int AS count
      FROM opportunities o JOIN sync_missing m ON m.opportunity_id = o.id
      WHERE m.sync_log_id = ${runId} AND ${touched} GROUP BY 1 ORDER BY 1`,
  ]);
  return { missing, live: live?.count ?? 0, found: found?.count ?? 0, ranks };
}
