import {
  defaultDirection,
  notSet,
  toSearchParams,
  type OpportunityFacet,
  type OpportunityQuery,
} from '#app/domain/opportunity-query.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import type { FacetCounts } from '#app/models/opportunity-counts.server.ts';

type Sort = OpportunityQuery['sort'];

/** The filters in the order they are shown, with the parameter each has in the URL. */
const filters: { facet: OpportunityFacet; parameter: string; label: string }[] = [
  { facet: 'practice', parameter: 'practice', label: 'Practice' },
  { facet: 'geo', parameter: 'geo', label: 'GEO' },
  { facet: 'stage', parameter: 'stage', label: 'Sales stage' },
  { facet: 'crmStatus', parameter: 'crm_status', label: 'CRM status' },
  { facet: 'workflowStatus', parameter: 'workflow_status', label: 'Qualification' },
];

export interface Filter {
  parameter: string;
  label: string;
  options: { value: string; label: string; count: number; chosen: boolean }[];
}

/** The filters with what can be chosen in each; what is chosen stays listed though it counts nothing. */
export function filtersOf(query: OpportunityQuery, counts: FacetCounts): Filter[] {
  return filters.map(({ facet, parameter, label }) => {
    const chosen: readonly string[] = query[facet];
    const counted = counts[facet].map(({ value, count }) => ({ value: value ?? notSet, count }));
    const absent = chosen.filter((value) => !counted.some((each) => each.value === value));
    const options = [...counted, ...absent.map((value) => ({ value, count: 0 }))].map((option) => ({
      ...option,
      label: valueName(facet, option.value),
      chosen: chosen.includes(option.value),
    }));
    return { parameter, label, options: options.toSorted(byLabel) };
  });
}

export interface Chip {
  label: string;
  value: string;
  /** The list without this filter. */
  href: string;
}

/** Every filter in force, each with the link that takes it away. */
export function chipsOf(query: OpportunityQuery): Chip[] {
  const search = query.search
    ? [{ label: 'Search', value: query.search, href: listHref({ ...query, search: null }) }]
    : [];
  const gone =
    query.gone === 'include'
      ? [{ label: 'Gone from CRM', value: 'included', href: listHref({ ...query, gone: 'hide' }) }]
      : [];
  const chosen = filters.flatMap(({ facet, label }) =>
    query[facet].map((value: string) => ({
      label,
      value: valueName(facet, value),
      href: listHref({ ...query, [facet]: query[facet].filter((each: string) => each !== value) }),
    })),
  );
  return [...search, ...chosen, ...gone];
}

/** The address of the first page of a list. */
export function listHref(query: OpportunityQuery): string {
  return pageHref({ ...query, cursor: null });
}

/** The address of the page that `query.cursor` names. */
export function pageHref(query: OpportunityQuery): string {
  const params = toSearchParams(query).toString();
  return params ? `/opportunities?${params}` : '/opportunities';
}

/** The list without any filter, in the order it is in. */
export function withoutFilters(query: OpportunityQuery): OpportunityQuery {
  const none = { practice: [], geo: [], stage: [], crmStatus: [], workflowStatus: [] };
  return { ...query, ...none, search: null, cursor: null };
}

export interface SortLink {
  href: string;
  /** Null where the list is ordered by something else. */
  direction: 'asc' | 'desc' | null;
}

/** The link in a column's heading: orders by it, or turns the order round where it already does. */
export function sortLink(query: OpportunityQuery, sort: Sort): SortLink {
  const direction = query.sort === sort ? query.direction : null;
  const turned = direction === 'asc' ? 'desc' : 'asc';
  const wanted = direction === null ? defaultDirection(sort) : turned;
  return { href: listHref({ ...query, sort, direction: wanted }), direction };
}

function valueName(facet: OpportunityFacet, value: string): string {
  if (value === notSet) return 'not set in CRM';
  if (facet !== 'workflowStatus') return value;
  return Object.entries(workflowStatusNames).find(([status]) => status === value)?.[1] ?? value;
}

/** By name as people sort, what is not set last. */
function byLabel(a: { value: string; label: string }, b: { value: string; label: string }): number {
  if (a.value === notSet || b.value === notSet) return a.value === notSet ? 1 : -1;
  return a.label.localeCompare(b.label, 'en', { numeric: true });
}
