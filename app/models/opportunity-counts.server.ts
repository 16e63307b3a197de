import type { OpportunityFacet, OpportunityQuery } from '#app/domain/opportunity-query.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import {
  basePredicate,
  countedIn,
  facetColumns,
  facetPredicate,
  facets,
  listPredicate,
} from './opportunity-predicate.server.ts';

export interface FacetValue {
  /** Null stands for rows where the CRM says nothing. */
  value: string | null;
  count: number;
}
export type FacetCounts = Record<OpportunityFacet, FacetValue[]>;

/** Amounts of one currency; `currency` null is money whose currency the CRM does not say. */
export interface CurrencyTotal {
  currency: string | null;
  /** Exact decimal text; null where no row of this currency has an amount. */
  amount: string | null;
  count: number;
  withoutAmount: number;
}

/** Rows of the whole list. */
export async function countOpportunities(
  db: Db,
  scope: Scope,
  query: OpportunityQuery,
): Promise<number> {
  const source = countedIn(scope, query);
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT ${source.rows}::int AS total FROM ${source.from}
    WHERE ${listPredicate(scope, query, source)}`;
  return row?.total ?? 0;
}

/**
 * How many rows each value of each filter would list, all other filters applied as they are: the
 * count beside a value is the total one gets by choosing it alone. Most frequent first.
 */
export async function facetCounts(
  db: Db,
  scope: Scope,
  query: OpportunityQuery,
): Promise<FacetCounts> {
  const source = countedIn(scope, query);
  const columns = facets.map(
    (facet) => Prisma.sql`${facetColumns[facet]} AS "${Prisma.raw(facet)}"`,
  );
  const fits = facets.map(
    (facet) =>
      Prisma.sql`(${facetPredicate(query, facet)}) IS TRUE AS "${Prisma.raw(`${facet}Fits`)}"`,
  );
  const branches = facets.map((facet) => facetBranch(facet));
  const rows = await db.$queryRaw<
    { facet: OpportunityFacet; value: string | null; count: number }[]
  >`
    WITH groups AS MATERIALIZED (
      SELECT ${Prisma.join([...columns, ...fits])}, ${source.rows} AS n
      FROM ${source.from} WHERE ${basePredicate(scope, query, source)}
      GROUP BY ${Prisma.join(facets.map((_, at) => Prisma.raw(String(at + 1))))},
        ${Prisma.join(facets.map((_, at) => Prisma.raw(String(facets.length + at + 1))))}
    ) ${Prisma.join(branches, ' UNION ALL ')} ORDER BY count DESC, value`;
  return Object.fromEntries(
    facets.map((facet) => [
      facet,
      rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count })),
    ]),
  ) as FacetCounts;
}

function facetBranch(facet: OpportunityFacet) {
  const others = facets.filter((other) => other !== facet);
  return Prisma.sql`
    SELECT ${facet}::text AS facet, "${Prisma.raw(facet)}" AS value, sum(n)::int AS count FROM groups
    WHERE ${Prisma.join(
      others.map((other) => Prisma.raw(`"${other}Fits"`)),
      ' AND ',
    )} GROUP BY 2 HAVING sum(n) > 0`;
}

/** What the list is worth, currency by currency, since sums across currencies mean nothing. */
export async function totalsByCurrency(
  db: Db,
  scope: Scope,
  query: OpportunityQuery,
): Promise<CurrencyTotal[]> {
  const source = countedIn(scope, query);
  const { rows, priced, amount } = source;
  return db.$queryRaw<CurrencyTotal[]>`
    SELECT o.currency, (${amount})::text AS amount, ${rows}::int AS count,
           (${rows} - ${priced})::int AS "withoutAmount"
    FROM ${source.from} WHERE ${listPredicate(scope, query, source)}
    GROUP BY o.currency HAVING ${rows} > 0 ORDER BY count DESC, o.currency`;
}
