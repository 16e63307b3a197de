import { Link } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Amount, CrmText, NotSet } from '#app/components/crm-value.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import type { AssessedOpportunity } from '#app/lib/assessed-opportunity.ts';
import { formatDay } from '#app/lib/format.ts';

/** The head of a page about an assessment: the way back, what it is about, what the CRM says in one line. */
export function AssessmentHeading({
  opportunity: o,
  title,
  actions,
}: {
  opportunity: AssessedOpportunity;
  title: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="grid gap-3">
      <Link to={o.path} className="inline-flex items-center gap-1 justify-self-start link">
        <ChevronLeft aria-hidden className="size-4" />
        {o.name === null ? (o.number ?? 'The opportunity') : <bdi>{o.name}</bdi>}
      </Link>
      <PageHeader
        title={title}
        lead={
          <>
            <CrmText value={o.customer} /> · {o.number ?? 'no number'}
          </>
        }
        actions={actions}
      />
      <dl className="flex flex-wrap gap-x-6 gap-y-1 border-y py-2 text-xs [&_dd]:font-medium [&_div]:flex [&_div]:gap-1.5 [&_dt]:text-muted">
        <div>
          <dt>Amount</dt>
          <dd>
            <Amount value={o.dealValue} currency={o.currency} />
          </dd>
        </div>
        <div>
          <dt>Close date</dt>
          <dd>{o.closeDate === null ? <NotSet /> : formatDay(o.closeDate)}</dd>
        </div>
        <div>
          <dt>Sales stage</dt>
          <dd>
            <CrmText value={o.stage} />
          </dd>
        </div>
        <div>
          <dt>CRM win probability</dt>
          <dd>{o.winProbability === null ? <NotSet /> : `${o.winProbability} %`}</dd>
        </div>
      </dl>
    </div>
  );
}
