import { Link } from '@remix-run/react';
import { useRootData } from '#app/components/root-data.ts';
import { Moment } from '#app/components/time.tsx';
import { Card } from '#app/components/ui/card.tsx';
import type { ArchitectLoad } from '#app/domain/load.ts';
import type { OpportunityListItem } from '#app/domain/opportunity.ts';
import { holds } from '#app/domain/permissions.ts';
import type { QualificationView, Turn } from '#app/domain/qualification-view.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import { formatDay } from '#app/lib/format.ts';
import { AssessmentSummaryPart } from './assessment-summary.tsx';
import { DecisionPart, RecommendationPart } from './decision-summary.tsx';
import type { FormRefusal } from './form-refusal.ts';
import { QualificationActions } from './qualification-actions.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { WorkflowLine } from './workflow-line.tsx';

export type ShownOpportunity = OpportunityListItem & {
  statusBeforeClose: WorkflowStatus | null;
  assignedTo: string | null;
};

/** Where the qualification stands, what it rests on, and what the viewer may do about it. */
export function QualificationCard({
  opportunity,
  path,
  view,
  architects,
  refusal,
}: {
  opportunity: ShownOpportunity;
  /** The page of the opportunity. */
  path: string;
  view: QualificationView;
  architects: ArchitectLoad[];
  refusal: FormRefusal | null;
}) {
  return (
    <Card title="Qualification">
      <div className="grid gap-4">
        <WorkflowLine status={view.status} before={view.interruptedAt} />
        {refusal ? <RefusalNotice refusal={refusal} view={view} /> : null}
        <WhereItStands opportunity={opportunity} view={view} />
        {view.stale.length > 0 ? <StaleNotice view={view} path={path} /> : null}
        <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[3fr_2fr]">
          <div className="grid min-w-0 gap-5">
            {view.decision ? (
              <DecisionPart decision={view.decision} path={path} view={view} />
            ) : null}
            {view.recommendation && view.assessment ? (
              <RecommendationPart
                recommendation={view.recommendation}
                version={view.assessment.version}
              />
            ) : null}
            {view.assessment ? (
              <AssessmentSummaryPart assessment={view.assessment} path={path} />
            ) : view.decision ? null : (
              <p className="text-muted">Nobody has assessed it yet.</p>
            )}
          </div>
          <QualificationActions
            path={path}
            view={view}
            assignedSa={opportunity.assignedSa}
            architects={architects}
            refusal={refusal}
          />
        </div>
      </div>
    </Card>
  );
}

function WhereItStands({
  opportunity: o,
  view,
}: {
  opportunity: ShownOpportunity;
  view: QualificationView;
}) {
  return (
    <div className="grid gap-1">
      <p className="text-muted">
        <strong className="text-ink">{workflowStatusNames[view.status]}</strong> since{' '}
        <Moment at={view.since} />.{' '}
        {o.assignedTo ? (
          <>
            {view.assessment && !view.draft ? 'Assessed by' : 'Assigned to'}{' '}
            <strong className="text-ink">{o.assignedTo}</strong>.
          </>
        ) : (
          'No solution architect is assigned.'
        )}{' '}
        {view.headless ? <NoHead practice={o.practice} /> : null}
        {view.draft ? (
          <>
            Version {view.draft.version} is being filled in by {view.draft.assessor}, saved last{' '}
            <Moment at={view.draft.savedAt} />.
          </>
        ) : null}
        {view.turn && !view.headless ? <WhoseTurn turn={view.turn} /> : null}
      </p>
      {view.hold ? (
        <p>
          On hold until{' '}
          <strong>{view.hold.until ? formatDay(view.hold.until) : 'somebody resumes it'}</strong>
          {view.hold.reason ? `: ${view.hold.reason}` : null}
        </p>
      ) : null}
      {view.status === 'CLOSED_IN_CRM' ? (
        <p>
          The CRM closed it as <strong>{o.crmStatus ?? 'closed'}</strong>
          {o.statusBeforeClose
            ? `; it was ${workflowStatusNames[o.statusBeforeClose]} before, and is again if the CRM reopens it`
            : null}
          .
        </p>
      ) : null}
    </div>
  );
}

/** Whom it waits for, in the words of the sellers' worklist. */
function WhoseTurn({ turn }: { turn: Turn }) {
  return (
    <>
      It is with <strong className="text-ink">{turn.holder}</strong>; next: {turn.step}.
      {turn.fastTrack ? ' On the fast track a manager may decide before that.' : null}
    </>
  );
}

/** Said to everybody, with the way to mend it for those who can. */
function NoHead({ practice }: { practice: string | null }) {
  const viewer = useRootData()?.viewer;
  return (
    <>
      There is no practice head for <bdi>{practice}</bdi>:{' '}
      {viewer && holds({ roles: viewer.roles }, 'manage:roles') ? (
        <Link to="/people" className="link">
          name one on People
        </Link>
      ) : (
        'a manager can name one'
      )}
      .{' '}
    </>
  );
}
