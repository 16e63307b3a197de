import { Link } from '@remix-run/react';
import { touches, turnOf } from '#app/domain/change-rank.ts';
import { staleFieldNames } from '#app/domain/staleness.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { ChangedOpportunity, RunChange } from '#app/models/run-change.server.ts';
import { ChangeList } from '#app/components/change-list.tsx';
import { CrmText } from '#app/components/crm-value.tsx';
import { WorkflowBadge } from '#app/components/opportunities/workflow-badge.tsx';
import { Badge } from '#app/components/ui/badge.tsx';

/** What moved, opportunity by opportunity, under what it touches. */
export function RunChangeList({ rows }: { rows: RunChange[] }) {
  if (rows.length === 0) {
    return <p className="px-4 py-6 text-muted">Nothing of this kind in this run.</p>;
  }
  const ranks = [...new Set(rows.map(({ place }) => place.rank))];
  return (
    <div>
      {ranks.map((rank) => (
        <section key={rank} aria-label={touches[rank]?.name} className="not-first:border-t">
          <h3 className="border-b bg-sunken/60 px-4 py-1 text-xs font-medium text-muted">
            {touches[rank]?.name}
          </h3>
          <ul className="divide-y">
            {rows
              .filter(({ place }) => place.rank === rank)
              .map((change) => (
                <ChangeItem key={change.opportunity.id} change={change} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ChangeItem({ change }: { change: RunChange }) {
  const { opportunity, gone, reappeared, stale } = change;
  const status = change.fields.find(({ field }) => field === 'crm_status');
  const turn = status ? turnOf(status.before, status.after) : null;
  // Every change has a time in the CRM; it says something only where nothing else does.
  const fields = change.fields.filter(({ field }) => field !== 'crm_updated_at');
  return (
    <li className="grid gap-x-6 gap-y-1.5 px-4 py-2.5 lg:grid-cols-[2fr_3fr]">
      <div className="min-w-0">
        <OpportunityLines opportunity={opportunity} />
      </div>
      <div className="grid min-w-0 content-start gap-1.5">
        {stale.length > 0 || turn ? (
          <p className="flex flex-wrap gap-1.5">
            {stale.length > 0 ? (
              <Badge tone="bad" className="whitespace-normal">
                Assessment went stale: {stale.map((field) => staleFieldNames[field]).join(', ')}
              </Badge>
            ) : null}
            {turn ? (
              <Badge tone={turn === 'closed' ? 'warning' : 'info'}>
                {turn === 'closed' ? 'Closed in the CRM' : 'Reopened in the CRM'}
              </Badge>
            ) : null}
          </p>
        ) : null}
        <div>
          <ChangeList
            change={{ kind: gone ? 'GONE' : reappeared ? 'REAPPEARED' : 'UPDATED', fields }}
          />
        </div>
      </div>
    </li>
  );
}

/** Which opportunity it is and where it stands, in two lines. */
export function OpportunityLines({ opportunity: o }: { opportunity: ChangedOpportunity }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Link to={opportunityPath(o)} className="min-w-0 font-medium wrap-anywhere link">
          <CrmText value={o.name} />
        </Link>
        <WorkflowBadge status={o.status} name={workflowStatusNames[o.status]} />
      </p>
      <p className="text-xs wrap-anywhere text-muted">
        {o.remoteNumber ?? 'no number'} · <CrmText value={o.customer} short /> ·{' '}
        <CrmText value={o.practice} short />
      </p>
    </>
  );
}
