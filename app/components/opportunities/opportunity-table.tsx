import { Link } from '@remix-run/react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { SortLink } from '#app/lib/opportunity-links.server.ts';
import { OpportunityRow, type ListedOpportunity } from './opportunity-row.tsx';

export interface ListSorts {
  name: SortLink;
  customer: SortLink;
  dealValue: SortLink;
  winProbability: SortLink;
  closeDate: SortLink;
  crmUpdatedAt: SortLink;
}

/** The list. On a phone each row is a card and the orders are links above them. */
export function OpportunityTable({
  items,
  sorts,
  today,
}: {
  items: ListedOpportunity[];
  sorts: ListSorts;
  /** YYYY-MM-DD */
  today: string;
}) {
  return (
    <table className="inbox w-full border-collapse text-[0.8125rem] leading-5 md:min-w-[72rem] md:table-fixed">
      <caption className="sr-only">Opportunities</caption>
      <thead>
        <tr className="bg-sunken/50">
          <Heading className="w-20">Number</Heading>
          <Heading sort={sorts.name}>Name</Heading>
          <Heading sort={sorts.customer} also="Owner" className="w-38 2xl:w-46">
            Account
          </Heading>
          <Heading className="w-38 2xl:w-45">Practice · GEO</Heading>
          <Heading className="w-34 2xl:w-42">Stage · CRM status</Heading>
          <Heading className="w-28">Qualification</Heading>
          <Heading sort={sorts.dealValue} right className="w-33">
            Amount
          </Heading>
          <Heading
            sort={sorts.winProbability}
            right
            title="Win probability as the CRM has it"
            className="w-19"
          >
            CRM win
          </Heading>
          <Heading sort={sorts.closeDate} right className="w-26">
            Close date
          </Heading>
          <Heading sort={sorts.crmUpdatedAt} right title="Updated in the CRM" className="w-27">
            Updated
          </Heading>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <OpportunityRow key={item.id} item={item} today={today} />
        ))}
      </tbody>
    </table>
  );
}

function Heading({
  sort,
  also,
  right = false,
  title,
  className,
  children,
}: {
  sort?: SortLink;
  /** What else the column holds, which the list cannot be ordered by. */
  also?: string;
  right?: boolean;
  title?: string;
  className?: string;
  children: ReactNode;
}) {
  const order = sort?.direction === 'asc' ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      aria-sort={sort?.direction ? order : undefined}
      title={title}
      className={clsx(
        'px-2 py-2 text-xs font-medium whitespace-nowrap text-muted md:border-b md:first:pl-4 md:last:pr-4',
        right ? 'text-right' : 'text-left',
        sort ? null : 'max-md:hidden',
        className,
      )}
    >
      <span className={clsx('flex gap-1', right && 'md:justify-end')}>
        {sort ? <SortedBy sort={sort} right={right} name={children} /> : children}
        {also ? <span className="max-md:hidden">· {also}</span> : null}
      </span>
    </th>
  );
}

function SortedBy({ sort, right, name }: { sort: SortLink; right: boolean; name: ReactNode }) {
  const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <Link
      to={sort.href}
      preventScrollReset
      className={clsx(
        'group/sort inline-flex items-center gap-1 decoration-dotted underline-offset-4 hover:text-ink hover:underline',
        right && 'md:flex-row-reverse',
        sort.direction && 'font-semibold text-ink',
      )}
    >
      {name}
      {sort.direction ? <Arrow aria-hidden className="size-3.5 text-accent" /> : null}
    </Link>
  );
}
