import { Amount, CrmText, NotSet } from '#app/components/crm-value.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import type { OpportunityListItem } from '#app/domain/opportunity.ts';
import { formatScore } from '#app/domain/scoring.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import { pastWords } from '#app/domain/work-words.ts';
import { formatDay } from '#app/lib/format.ts';
import { MissingBadge } from './missing-badge.tsx';
import { WorkflowBadge } from './workflow-badge.tsx';

/** What it is, and its figures. The CRM's win probability and our score stand apart: neither is the other. */
export function OpportunityHeading({
  opportunity: o,
  assessment,
  today,
}: {
  opportunity: OpportunityListItem;
  assessment: { version: number; score: number; band: string; knockOuts: string[] } | null;
  /** YYYY-MM-DD */
  today: string;
}) {
  // What the CRM has closed was to close by then.
  const past = o.workflowStatus === 'CLOSED_IN_CRM' ? null : pastWords(o.closeDate, today);
  return (
    <div className="grid gap-4">
      <PageHeader
        title={o.name === null ? 'Name not set in CRM' : <bdi>{o.name}</bdi>}
        lead={
          <>
            <CrmText value={o.customer} /> · {o.remoteNumber ?? 'no number'}
          </>
        }
        actions={
          <>
            <MissingBadge since={o.missingSince} />
            <WorkflowBadge status={o.workflowStatus} name={workflowStatusNames[o.workflowStatus]} />
          </>
        }
      />
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-5">
        <Stat label="Amount" value={<Amount value={o.dealValue} currency={o.currency} />} />
        <Stat
          label="Close date"
          value={o.closeDate === null ? <NotSet /> : formatDay(o.closeDate)}
          note={past ? <span className="font-medium text-warning">close date {past}</span> : null}
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
        <Stat
          label="BQS score"
          value={
            assessment ? (
              formatScore(assessment.score)
            ) : (
              <span className="text-muted italic">not assessed</span>
            )
          }
          note={
            assessment
              ? `${assessment.knockOuts.length > 0 ? 'Knocked out' : assessment.band}, version ${assessment.version}`
              : null
          }
        />
      </dl>
    </div>
  );
}
