import { Link } from '@remix-run/react';
import { Amount, CrmText, NotSet } from '#app/components/crm-value.tsx';
import { Moment } from '#app/components/time.tsx';
import type { OpportunityListItem } from '#app/domain/opportunity.ts';
import { pastWords } from '#app/domain/work-words.ts';
import { formatDay } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { useListState } from './list-address.ts';
import { MissingBadge } from './missing-badge.tsx';
import { WorkflowBadge } from './workflow-badge.tsx';

/** What the list shows of an opportunity; the page is sent twice, so nothing else travels. */
export type ListedOpportunity = Pick<
  OpportunityListItem,
  | 'id'
  | 'remoteId'
  | 'remoteNumber'
  | 'name'
  | 'customer'
  | 'practice'
  | 'geo'
  | 'stage'
  | 'crmStatus'
  | 'workflowStatus'
  | 'dealValue'
  | 'currency'
  | 'winProbability'
  | 'closeDate'
  | 'salesOwner'
  | 'crmUpdatedAt'
  | 'goneSince'
  | 'missingSince'
> & { workflowStatusName: string };

const line = 'md:block md:truncate';
const second = `text-muted text-xs leading-4 max-md:before:content-['_·_'] ${line}`;

/** One opportunity: two lines of a table where there is room, a card on a phone. `today` is YYYY-MM-DD. */
export function OpportunityRow({ item, today }: { item: ListedOpportunity; today: string }) {
  // What the CRM has closed was to close by then.
  const past = item.workflowStatus === 'CLOSED_IN_CRM' ? null : pastWords(item.closeDate, today);
  const list = useListState();
  return (
    <tr className="border-b last:border-b-0 hover:bg-sunken/60">
      <td data-cell="number" title={item.remoteNumber ?? undefined} className="text-xs text-muted">
        <span className="block truncate">
          {item.remoteNumber === null ? 'no number' : <bdi>{item.remoteNumber}</bdi>}
        </span>
        {item.goneSince ? <span className="font-medium text-warning">gone</span> : null}
      </td>
      <th scope="row" data-cell="name" className="text-left font-normal">
        <Link
          to={opportunityPath(item)}
          state={list}
          prefetch="intent"
          title={item.name ?? undefined}
          className="font-semibold break-words underline-offset-2 hover:text-accent hover:underline md:line-clamp-2 md:leading-[1.15rem]"
        >
          {item.name === null ? 'Name not set in CRM' : <bdi>{item.name}</bdi>}
        </Link>
        <MissingBadge since={item.missingSince} short />
      </th>
      <td data-cell="account" title={item.customer ?? undefined}>
        <span className={line}>
          <CrmText value={item.customer} short />
        </span>
        <span className={second}>
          <CrmText value={item.salesOwner} short />
        </span>
      </td>
      <td data-cell="practice" title={item.practice ?? undefined}>
        <span className={line}>
          <CrmText value={item.practice} short />
        </span>
        <span className={second}>
          <CrmText value={item.geo} short />
        </span>
      </td>
      <td data-cell="stage" title={item.stage ?? undefined}>
        <span className={line}>
          <CrmText value={item.stage} short />
        </span>
        <span className={second}>
          <CrmText value={item.crmStatus} short />
        </span>
      </td>
      <td data-cell="state">
        <WorkflowBadge status={item.workflowStatus} name={item.workflowStatusName} />
      </td>
      <td data-cell="amount" className="text-right font-medium">
        <Amount value={item.dealValue} currency={item.currency} short />
      </td>
      <td data-cell="win" className="text-right">
        {item.winProbability === null ? <NotSet short /> : `${item.winProbability} %`}
        <span className="text-muted md:hidden"> CRM win</span>
      </td>
      <td data-cell="close" className="text-right whitespace-nowrap">
        <span className="text-muted md:hidden">closes </span>
        {item.closeDate === null ? <NotSet short /> : formatDay(item.closeDate)}
        {past ? (
          <span className="text-xs leading-4 text-warning md:block">
            <span className="md:sr-only"> close date </span>
            {past}
          </span>
        ) : null}
      </td>
      <td data-cell="updated" className="text-right whitespace-nowrap text-muted">
        <span className="md:hidden">updated </span>
        {item.crmUpdatedAt === null ? (
          <NotSet short />
        ) : (
          <Moment at={item.crmUpdatedAt} show="day" />
        )}
      </td>
    </tr>
  );
}
