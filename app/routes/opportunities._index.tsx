import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ArrowRight, ChevronsLeft } from 'lucide-react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { FilterBar, FilterChips } from '#app/components/opportunities/filter-bar.tsx';
import { ListEmpty } from '#app/components/opportunities/list-empty.tsx';
import { ListTotals } from '#app/components/opportunities/list-totals.tsx';
import { OpportunityTable } from '#app/components/opportunities/opportunity-table.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { parseOpportunityQuery, type OpportunityQuery } from '#app/domain/opportunity-query.ts';
import type { OpportunityListItem } from '#app/domain/opportunity.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { db } from '#app/lib/db.server.ts';
import {
  chipsOf,
  filtersOf,
  listHref,
  pageHref,
  sortLink,
  withoutFilters,
} from '#app/lib/opportunity-links.server.ts';
import { countOpportunities } from '#app/models/opportunity-counts.server.ts';
import {
  facetCounts,
  listOpportunities,
  totalsByCurrency,
} from '#app/models/opportunity.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';

export const meta: MetaFunction = () => [{ title: 'Opportunities · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, scope } = await requirePermission(args, 'read:opportunity');
  const parsed = parseOpportunityQuery(new URL(args.request.url).searchParams);
  if (!parsed.ok) throw new Response(`${parsed.problem}.`, { status: 400 });
  const { query } = parsed;
  const [page, counts, totals] = await Promise.all([
    listOpportunities(db, scope, query),
    facetCounts(db, scope, query),
    totalsByCurrency(db, scope, query),
  ]);
  const all = withoutFilters(query);
  return {
    items: page.items.map(listed),
    total: page.total,
    totals,
    inScope: page.total > 0 ? page.total : await countOpportunities(db, scope, all),
    scopeWords: scopeWords(scope),
    unverified: viewer.roles.includes('SALES') && viewer.verifiedEmail === null,
    search: query.search,
    filters: filtersOf(query, counts),
    chips: chipsOf(query),
    sorts: sortsOf(query),
    today: workingToday(),
    kept: keptOf(query),
    clearHref: listHref({ ...all, gone: 'hide' }),
    nextHref: page.nextCursor ? pageHref({ ...query, cursor: page.nextCursor }) : null,
    firstHref: query.cursor ? listHref(query) : null,
  };
}

function listed(item: OpportunityListItem) {
  const { id, remoteId, remoteNumber, name, customer, practice, geo, stage, crmStatus } = item;
  const { workflowStatus, dealValue, currency, winProbability, closeDate, salesOwner } = item;
  return {
    id,
    remoteId,
    remoteNumber,
    name,
    customer,
    practice,
    geo,
    stage,
    crmStatus,
    workflowStatus,
    dealValue,
    currency,
    winProbability,
    closeDate,
    salesOwner,
    crmUpdatedAt: item.crmUpdatedAt,
    goneSince: item.goneSince,
    missingSince: item.missingSince,
    workflowStatusName: workflowStatusNames[workflowStatus],
  };
}

function sortsOf(query: OpportunityQuery) {
  return {
    name: sortLink(query, 'name'),
    customer: sortLink(query, 'customer'),
    dealValue: sortLink(query, 'deal_value'),
    winProbability: sortLink(query, 'win_probability'),
    closeDate: sortLink(query, 'close_date'),
    crmUpdatedAt: sortLink(query, 'crm_updated_at'),
  };
}

/** What the filter form carries along: everything of the URL that is not a filter or a page. */
function keptOf(query: OpportunityQuery): [string, string][] {
  const search = listHref(withoutFilters(query)).split('?')[1];
  return [...new URLSearchParams(search)];
}

function scopeWords(scope: Scope): string {
  if (scope.all) return 'The CRM has sent none, or all of them are gone from it.';
  const reached = [
    scope.practices.length > 0 ? `opportunities of ${scope.practices.join(', ')}` : null,
    scope.withoutPractice ? 'opportunities without a practice' : null,
    scope.assignedTo ? 'those assigned to you' : null,
    scope.ownerEmails.length > 0
      ? `those whose sales owner in the CRM is ${scope.ownerEmails.join(' or ')}`
      : null,
  ].filter((words) => words !== null);
  const practice = scope.assignedTo && scope.practices.length === 0;
  const missing = practice ? ' You belong to no practice yet; a manager can add you to one.' : '';
  return `Your roles let you see ${reached.join('; ') || 'none'}. There are none at the moment.${missing}`;
}

export default function Opportunities() {
  const list = useLoaderData<typeof loader>();
  return (
    <div className="grid gap-4">
      <PageHeader
        title="Opportunities"
        lead={<ListTotals total={list.total} totals={list.totals} />}
      />
      <div className="grid gap-2.5">
        <FilterBar filters={list.filters} search={list.search} kept={list.kept} />
        <FilterChips chips={list.chips} clearHref={list.clearHref} />
      </div>
      <Card flush className="max-md:-mx-4 max-md:rounded-none max-md:border-x-0 md:overflow-x-auto">
        {list.items.length > 0 ? (
          <OpportunityTable items={list.items} sorts={list.sorts} today={list.today} />
        ) : (
          <ListEmpty {...list} />
        )}
      </Card>
      <Pages {...list} />
    </div>
  );
}

function Pages({ nextHref, firstHref }: { nextHref: string | null; firstHref: string | null }) {
  if (!nextHref && !firstHref) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-4">
      {firstHref ? (
        <Link to={firstHref} className="inline-flex items-center gap-1 link">
          <ChevronsLeft aria-hidden className="size-4" />
          Back to the first page
        </Link>
      ) : (
        <span className="text-muted">First page</span>
      )}
      {nextHref ? (
        <LinkButton to={nextHref}>
          Next page
          <ArrowRight aria-hidden />
        </LinkButton>
      ) : (
        <span className="text-muted">Last page</span>
      )}
    </nav>
  );
}
