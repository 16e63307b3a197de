import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldName } from '#app/lib/field-names.ts';
import { formatDay, formatDecimal } from '#app/lib/format.ts';
import type { OpportunityChange } from '#app/models/opportunity-change.server.ts';
import { NotSet } from './crm-value.tsx';
import { Moment } from './time.tsx';
import { Badge } from './ui/badge.tsx';

/** What one run did to one opportunity: the fields before and after, or that it went or came back. */
export function ChangeList({
  change: { kind, fields },
}: {
  change: Pick<OpportunityChange, 'kind' | 'fields'>;
}) {
  if (kind === 'GONE') return <Badge tone="warning">gone from CRM</Badge>;
  return (
    <>
      {kind === 'REAPPEARED' ? <Badge tone="info">back in CRM</Badge> : null}
      {kind === 'UPDATED' && fields.length === 0 ? (
        <p className="text-muted">Only CRM fields that BQS does not show.</p>
      ) : null}
      {fields.length > 0 ? (
        <dl className="grid gap-1">
          {fields.map(({ field, before, after }) => (
            <div key={field} className="grid gap-x-3 sm:grid-cols-[9rem_1fr]">
              <dt className="text-muted">{fieldName(field)}</dt>
              <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 break-words">
                <del className="text-muted decoration-line-strong">{shown(field, before)}</del>
                <ArrowRight
                  aria-label="became"
                  role="img"
                  className="size-3.5 self-center text-muted"
                />
                <ins className="font-medium no-underline">{shown(field, after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}

/** Values are kept as text; those with a form of their own are shown in it. */
function shown(field: string, value: string | null): ReactNode {
  if (value === null) return <NotSet />;
  if (field === 'deal_value') return formatDecimal(value);
  if (field === 'close_date') return formatDay(value);
  if (field === 'win_probability') return `${value} %`;
  if (/^crm_\w+_at$/.test(field)) return <Moment at={new Date(value)} show="seconds" />;
  return <bdi>{value}</bdi>;
}
