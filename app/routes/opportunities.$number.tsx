import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import { requireOpportunity } from '#app/auth/require-opportunity.server.ts';
import { Amount, CrmText, NotSet } from '#app/components/crm-value.tsx';
import { EvidenceCard } from '#app/components/evidence/evidence-card.tsx';
import { ChangeHistory } from '#app/components/opportunities/change-history.tsx';
import { CrmFacts } from '#app/components/opportunities/crm-facts.tsx';
import { useListAddress } from '#app/components/opportunities/list-address.ts';
import { WorkflowBadge } from '#app/components/opportunities/workflow-badge.tsx';
import { WorkflowLine } from '#app/components/opportunities/workflow-line.tsx';
import { Moment, Span } from '#app/components/time.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { holds } from '#app/domain/permissions.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { db } from '#app/lib/db.server.ts';
import { formatDay } from '#app/lib/format.ts';
import { indentJson } from '#app/lib/json-text.ts';
import { readEvidenceView } from '#app/models/evidence-view.server.ts';
import { listChanges } from '#app/models/opportunity-change.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.opportunity.name ?? data.opportunity.remoteNumber} · BQS` : 'BQS' },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity: found } = await requireOpportunity(args);
  const { raw, ...opportunity } = found;
  return {
    opportunity,
    stateName: workflowStatusNames[opportunity.workflowStatus],
    beforeName: opportunity.statusBeforeClose && workflowStatusNames[opportunity.statusBeforeClose],
    evidence: await readEvidenceView(db, viewer, opportunity),
    changes: await listChanges(db, opportunity.id),
    linked: holds(viewer, 'read:sync'),
    raw: viewer.roles.includes('MANAGER') ? indentJson(raw) : null,
  };
}

export default function Opportunity() {
  const { opportunity, evidence, changes, linked, raw } = useLoaderData<typeof loader>();
  return (
    <article className="grid max-w-[90rem] gap-4">
      <Link
        to={useListAddress()}
        className="inline-flex items-center gap-1 justify-self-start link"
      >
        <ChevronLeft aria-hidden className="size-4" />
        Opportunities
      </Link>
      <Heading />
      {opportunity.goneSince ? (
        <Notice tone="warning" title="Gone from the CRM">
          No complete sync has seen it since <Moment at={opportunity.goneSince} />. What BQS knows
          of it is kept, as it was last read.
        </Notice>
      ) : null}
      <State />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <Card title="In the CRM" actions={<AsOf />}>
          <CrmFacts opportunity={opportunity} />
        </Card>
        <Card title="Changes in the CRM">
          <ChangeHistory changes={changes} linked={linked} />
        </Card>
      </div>
      <EvidenceCard view={evidence} opportunity={opportunity} />
      {raw === null ? null : (
        <details className="rounded-lg border bg-surface">
          <summary className="px-4 py-2.5 link">The CRM’s record as it was read</summary>
          <pre className="max-h-[32rem] overflow-auto border-t p-4 font-mono text-xs" dir="ltr">
            {raw}
          </pre>
        </details>
      )}
    </article>
  );
}

function Heading() {
  const { opportunity: o, stateName } = useLoaderData<typeof loader>();
  return (
    <div className="grid gap-4">
      <PageHeader
        title={o.name === null ? 'Name not set in CRM' : <bdi>{o.name}</bdi>}
        lead={
          <>
            <CrmText value={o.customer} /> · {o.remoteNumber ?? 'no number'}
          </>
        }
        actions={<WorkflowBadge status={o.workflowStatus} name={stateName} />}
      />
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4">
        <Stat label="Amount" value={<Amount value={o.dealValue} currency={o.currency} />} />
        <Stat
          label="Close date"
          value={o.closeDate === null ? <NotSet /> : formatDay(o.closeDate)}
        />
        <Stat
          label="Sales stage"
          value={<CrmText value={o.stage} />}
          note={o.crmStatus === null ? null : `CRM status ${o.crmStatus}`}
        />
        <Stat
          label="CRM win probability"
          value={o.winProbability === null ? <NotSet /> : `${o.winProbability} %`}
          note="The CRM’s own figure, not a BQS score"
        />
      </dl>
    </div>
  );
}

function State() {
  const { opportunity: o, beforeName } = useLoaderData<typeof loader>();
  return (
    <Card title="Qualification">
      <div className="grid gap-3">
        <WorkflowLine status={o.workflowStatus} before={o.statusBeforeClose} />
        <p className="text-muted">
          {o.workflowStatus === 'CLOSED_IN_CRM' ? (
            <>
              The CRM closed it as <strong className="text-ink">{o.crmStatus ?? 'closed'}</strong>
              {beforeName
                ? `; it was ${beforeName} before, and is again if the CRM reopens it`
                : null}
              .
            </>
          ) : o.assignedTo ? (
            <>
              Assessed by <strong className="text-ink">{o.assignedTo}</strong>.
            </>
          ) : (
            'No solution architect is assigned.'
          )}
        </p>
      </div>
    </Card>
  );
}

function AsOf() {
  const { opportunity } = useLoaderData<typeof loader>();
  return (
    <p className="text-xs text-muted">
      as of <Moment at={opportunity.lastSyncedAt} /> (<Span from={opportunity.lastSyncedAt} />)
    </p>
  );
}
