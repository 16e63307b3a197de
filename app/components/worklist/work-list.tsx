import { Link } from '@remix-run/react';
import { Children, type ReactNode } from 'react';
import { Amount, CrmText } from '#app/components/crm-value.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { closeWords } from '#app/domain/work-words.ts';
import { formatCount } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { WorkRow } from '#app/models/worklist-row.server.ts';

/** One question and the list that answers it. `total` counts the whole list, of which `all` shows the rest. */
export function WorkCard({
  title,
  total,
  all,
  empty,
  lead,
  foot,
  children,
}: {
  title: string;
  total: number;
  /** Where the whole list is. */
  all?: string;
  /** What stands there when there is nothing. */
  empty: ReactNode;
  /** What to know before reading the list. */
  lead?: ReactNode;
  /** The ways to other pages of the list. */
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card
      flush
      title={
        <span className="flex items-center gap-2">
          {title}
          <Badge tone={total > 0 ? 'info' : 'neutral'}>{formatCount(total)}</Badge>
        </span>
      }
      actions={
        all && total > 0 ? (
          <Link
            to={all}
            className="text-xs link"
            aria-label={`${title}: all ${formatCount(total)}`}
          >
            All {formatCount(total)}
          </Link>
        ) : null
      }
    >
      {lead && total > 0 ? <p className="border-b px-4 py-2 text-xs text-muted">{lead}</p> : null}
      {total === 0 ? (
        <div className="px-4 py-6 text-center text-pretty text-muted">{empty}</div>
      ) : (
        <ul>
          {Children.count(children) > 0 ? (
            children
          ) : (
            // What stood on a later page may be done by now, while the pages before it are not.
            <li className="px-4 py-6 text-center text-muted">Nothing is left on this page.</li>
          )}
        </ul>
      )}
      {foot}
    </Card>
  );
}

/** One opportunity of a list: what it is, what is known of it, and what can be done. */
export function WorkItem({
  row,
  today,
  aside,
  children,
}: {
  row: Pick<
    WorkRow,
    'name' | 'customer' | 'remoteNumber' | 'remoteId' | 'dealValue' | 'currency' | 'closeDate'
  >;
  today: string;
  /** Right of the name: the clock, a badge. */
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className="grid gap-1 border-b px-4 py-2.5 last:border-b-0">
      <div className="flex items-start justify-between gap-3">
        <Link to={opportunityPath(row)} prefetch="intent" className="min-w-0 font-medium link">
          {row.name === null ? 'Name not set in CRM' : <bdi>{row.name}</bdi>}
        </Link>
        {aside ? <div className="flex flex-wrap justify-end gap-1">{aside}</div> : null}
      </div>
      <p className="flex flex-wrap gap-x-2 text-xs text-muted">
        <CrmText value={row.customer} />
        <span className="text-ink">
          <Amount value={row.dealValue} currency={row.currency} />
        </span>
        <span>{closeWords(row.closeDate, today)}</span>
      </p>
      {children}
    </li>
  );
}

/**
 * The rows of a list by close date, those that are past it under a line of their own, which counts all of them
 * where that is known, shown or not.
 */
export function ByClose<T extends { id: string; closeDate: string | null }>({
  list: { rows, past },
  today,
  item,
}: {
  list: { rows: T[]; past: number | null };
  today: string;
  item: (row: T) => ReactNode;
}) {
  const isPast = ({ closeDate }: T) => closeDate !== null && closeDate < today;
  const shown = rows.filter(isPast);
  return (
    <>
      {rows.filter((row) => !isPast(row)).map(item)}
      {(past ?? shown.length) > 0 ? (
        <li className="border-b bg-sunken/60 px-4 py-1.5 text-xs font-medium text-muted last:border-b-0">
          {past === null ? 'Close date past' : `Close date past: ${formatCount(past)}`}
        </li>
      ) : null}
      {shown.map(item)}
    </>
  );
}

/** Says how many rows of a list without a page of its own are left out; `among` is where they are, too. */
export function LeftOut({
  shown,
  total,
  among,
}: {
  shown: number;
  total: number;
  among?: { to: string; name: string };
}) {
  if (total <= shown) return null;
  return (
    <li className="px-4 py-2 text-xs text-muted">
      and {formatCount(total - shown)} more,{' '}
      {among ? (
        <>
          among{' '}
          <Link to={among.to} className="link">
            {among.name}
          </Link>
        </>
      ) : (
        'shown once these are done'
      )}
    </li>
  );
}
