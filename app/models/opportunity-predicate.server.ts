import {
  notSet,
  type OpportunityFacet,
  type OpportunityQuery,
} from '#app/domain/opportunity-query.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';

export type Sql = Prisma.Sql;

/** The column behind each filter, `o` being the opportunities. */
export const facetColumns: Record<OpportunityFacet, Sql> = {
  practice: Prisma.sql`o.practice`,
  geo: Prisma.sql`o.geo`,
  stage: Prisma.sql`o.stage`,
  crmStatus: Prisma.sql`o.crm_status`,
  workflowStatus: Prisma.sql`o.workflow_status::text`,
};
export const facets = Object.keys(facetColumns) as OpportunityFacet[];

/** The rows a scope reaches: `inScope` of the domain, said in SQL. */
export function scopePredicate(scope: Scope): Sql {
  if (scope.all) return Prisma.sql`TRUE`;
  const any: Sql[] = [];
  if (scope.practices.length)
    any.push(Prisma.sql`o.practice = ANY(${[...scope.practices]}::text[])`);
  if (scope.withoutPractice) any.push(Prisma.sql`o.practice IS NULL`);
  if (scope.assignedTo) any.push(Prisma.sql`o.assigned_sa = ${scope.assignedTo}::uuid`);
  for (const email of scope.ownerEmails)
    any.push(Prisma.sql`lower(o.sales_owner_email) = ${email.toLowerCase()}`);
  return any.length ? Prisma.sql`(${Prisma.join(any, ' OR ')})` : Prisma.sql`FALSE`;
}

/** Where rows are counted: one by one, or in the tallies, which say how many rows are alike. */
export interface Source {
  from: Sql;
  present: Sql;
  rows: Sql;
  priced: Sql;
  amount: Sql;
}
const singly: Source = {
  from: Prisma.sql`opportunities o`,
  present: Prisma.sql`o.gone_since IS NULL`,
  rows: Prisma.sql`count(*)`,
  priced: Prisma.sql`count(o.deal_value)`,
  amount: Prisma.sql`sum(o.deal_value)`,
};
const tallies: Source = {
  from: Prisma.sql`opportunity_tallies o`,
  present: Prisma.sql`NOT o.gone`,
  rows: Prisma.sql`coalesce(sum(o.rows), 0)`,
  priced: Prisma.sql`coalesce(sum(o.priced), 0)`,
  amount: Prisma.sql`CASE WHEN sum(o.priced) > 0 THEN sum(o.amount) END`,
};

/** The tallies know every column but those of a search, an assignment or an owner. */
export function countedIn(
  scope: Scope,
  { search }: Pick<OpportunityQuery, 'search'> = { search: null },
): Source {
  const known = scope.all || (!scope.assignedTo && scope.ownerEmails.length === 0);
  return known && !search ? tallies : singly;
}

/** The rows a list is made of, whatever its page; items, total, sums and facets all use it. */
export function listPredicate(scope: Scope, query: OpportunityQuery, source = singly): Sql {
  return Prisma.join(
    [basePredicate(scope, query, source), ...facets.map((facet) => facetPredicate(query, facet))],
    ' AND ',
  );
}

/** The part of a list's predicate that every facet's counts share. */
export function basePredicate(scope: Scope, query: OpportunityQuery, source: Source): Sql {
  const all = [scopePredicate(scope)];
  if (query.gone === 'hide') all.push(source.present);
  all.push(searchPredicate(query.search));
  return Prisma.join(all, ' AND ');
}

/** The rows whose name, account or number hold every word of a search. */
export function searchPredicate(search: string | null): Sql {
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  if (!words.length) return Prisma.sql`TRUE`;
  const all = words.map((word) => Prisma.sql`${searchedText} LIKE ${pattern(word)}`);
  return Prisma.join(all, ' AND ');
}

/** The rows one filter leaves; TRUE where nothing is chosen. */
export function facetPredicate(query: OpportunityQuery, facet: OpportunityFacet): Sql {
  const values: string[] = query[facet].filter((value) => value !== notSet);
  const unset = values.length < query[facet].length;
  const column = facetColumns[facet];
  if (!values.length) return unset ? Prisma.sql`${column} IS NULL` : Prisma.sql`TRUE`;
  const chosen = Prisma.sql`${column} = ANY(${values}::text[])`;
  return unset ? Prisma.sql`(${chosen} OR ${column} IS NULL)` : chosen;
}

// Letter for letter the expression of the trigram index, or the index is not used.
const searchedText = Prisma.sql`lower(coalesce(o.name, '') || ' ' || coalesce(o.customer, '') || ' ' || coalesce(o.remote_number, ''))`;

function pattern(word: string): string {
  return `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
