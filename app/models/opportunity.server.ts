import { decodeCursor, encodeCursor, type CursorPlace } from '#app/domain/opportunity-cursor.ts';
import type {
  OpportunityDetail,
  OpportunityListItem,
  OpportunityPage,
} from '#app/domain/opportunity.ts';
import { listName, type OpportunityQuery } from '#app/domain/opportunity-query.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { countOpportunities } from './opportunity-counts.server.ts';
import { detailColumns, listColumns, sortColumns } from './opportunity-columns.server.ts';
import { listPredicate, scopePredicate, type Sql } from './opportunity-predicate.server.ts';

export { facetCounts, totalsByCurrency } from './opportunity-counts.server.ts';
export type { OpportunityDetail, OpportunityListItem, OpportunityPage };

/**
 * One page of the opportunities in scope. `query.cursor` must have passed `parseOpportunityQuery`;
 * throws an Error where it has not.
 */
export async function listOpportunities(
  db: Db,
  scope: Scope,
  query: OpportunityQuery,
): Promise<OpportunityPage> {
  const predicate = listPredicate(scope, query);
  const after = query.cursor ? placeOf(query.cursor, query) : null;
  const wanted = query.limit + 1;
  const rows = after?.value === null ? [] : await pageOf(db, predicate, query, after, wanted);
  if (rows.length < wanted) {
    const place = after?.value === null ? after : null;
    rows.push(...(await unsetPageOf(db, predicate, query, place, wanted - rows.length)));
  }
  const total = await countOpportunities(db, scope, query);
  const last = rows.length === wanted ? rows[query.limit - 1] : undefined;
  return {
    items: rows.slice(0, query.limit).map(({ sortKey: _sortKey, ...item }) => item),
    nextCursor: last
      ? encodeCursor(listName(query), { value: last.sortKey, remoteId: last.remoteId })
      : null,
    total,
  };
}

/** The opportunity of that number in scope; where the CRM used a number twice, the one it still has. */
export async function getOpportunityByNumber(
  db: Db,
  scope: Scope,
  number: string,
): Promise<OpportunityDetail | null> {
  if (number.includes('\0')) return null;
  return oneOf(db, Prisma.sql`${scopePredicate(scope)} AND o.remote_number = ${number}`);
}

/** The opportunity of that OptyId in scope; null where there is none, or it is not the viewer's. */
export async function getOpportunityByRemoteId(
  db: Db,
  scope: Scope,
  remoteId: bigint,
): Promise<OpportunityDetail | null> {
  return oneOf(db, Prisma.sql`${scopePredicate(scope)} AND o.remote_id = ${remoteId}`);
}

type Row = OpportunityListItem & { sortKey: string | null };

/** Rows that have the sort column, after `after` in the order asked for. */
function pageOf(
  db: Db,
  predicate: Sql,
  query: OpportunityQuery,
  after: CursorPlace | null,
  limit: number,
) {
  const { column, type } = sortColumns[query.sort];
  const beyond = query.direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
  const from = after
    ? Prisma.sql`AND (${column}, o.remote_id) ${beyond} (${after.value}::${type}, ${after.remoteId}::bigint)`
    : Prisma.empty;
  return ordered(db, query, Prisma.sql`${predicate} AND ${column} IS NOT NULL ${from}`, limit);
}

/** Rows that lack the sort column: last, whatever the direction. */
function unsetPageOf(
  db: Db,
  predicate: Sql,
  query: OpportunityQuery,
  after: CursorPlace | null,
  limit: number,
) {
  const { column } = sortColumns[query.sort];
  const beyond = query.direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
  const from = after
    ? Prisma.sql`AND o.remote_id ${beyond} ${after.remoteId}::bigint`
    : Prisma.empty;
  return ordered(db, query, Prisma.sql`${predicate} AND ${column} IS NULL ${from}`, limit);
}

function ordered(db: Db, query: OpportunityQuery, where: Sql, limit: number): Promise<Row[]> {
  const { column, text } = sortColumns[query.sort];
  const direction = query.direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return db.$queryRaw<Row[]>`
    SELECT ${listColumns}, ${text} AS "sortKey" FROM opportunities o
    WHERE ${where} ORDER BY ${column} ${direction}, o.remote_id ${direction} LIMIT ${limit}`;
}

async function oneOf(db: Db, where: Sql): Promise<OpportunityDetail | null> {
  const [found] = await db.$queryRaw<OpportunityDetail[]>`
    SELECT ${listColumns}, ${detailColumns}
    FROM opportunities o LEFT JOIN users u ON u.id = o.assigned_sa
    WHERE ${where} ORDER BY o.gone_since IS NOT NULL, o.id DESC LIMIT 1`;
  return found ?? null;
}

function placeOf(cursor: string, query: OpportunityQuery): CursorPlace {
  const decoded = decodeCursor(cursor, listName(query), query.sort);
  if (!decoded.ok) throw new Error(decoded.problem);
  return decoded.place;
}
