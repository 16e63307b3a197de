import { SignedName } from '#app/components/signed-name.tsx';
import { Link } from '@remix-run/react';
import { WorkflowBadge } from '#app/components/opportunities/workflow-badge.tsx';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { formatWorking } from '#app/domain/decision-clock.ts';
import { dueWords, listOfStates, undecidedStatuses } from '#app/domain/work-words.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { formatDay, plural } from '#app/lib/format.ts';
import type { DecidedRow, OwnOpportunity } from '#app/models/worklist-sales.server.ts';
import type { readSalesWork } from '#app/models/worklist.server.ts';
import { ClockBadge } from './clock-badge.tsx';
import { LeftOut, WorkCard, WorkItem } from './work-list.tsx';

const undecided = listOfStates(undecidedStatuses);

/** What was decided is never done, and stays so once the CRM has closed it. */
const concluded = listOfStates(['GO', 'NO_GO', 'CONDITIONAL_GO', 'CLOSED_IN_CRM']);

/** A seller's three questions: who holds my opportunity, what is missing from me, what was decided. */
export function SalesWork({
  work,
  today,
}: {
  work: Awaited<ReturnType<typeof readSalesWork>>;
  today: string;
}) {
  return (
    <div className="grid gap-4">
      {work.mentions > 0 ? (
        <Notice
          tone="info"
          title={
            <Link to="/notifications" className="link">
              {plural(work.mentions, 'unread mention')} of you
            </Link>
          }
        />
      ) : null}
      {work.verified ? (
        <Lists work={work} today={today} />
      ) : (
        <Notice tone="warning" title="Your e-mail address is not verified">
          Opportunities are yours by the address of their owner in the CRM. Verify yours on the page
          of your account, and they appear here.
        </Notice>
      )}
    </div>
  );
}

type Verified = Extract<Awaited<ReturnType<typeof readSalesWork>>, { verified: true }>;

function Lists({ work: { own, missing, decided }, today }: { work: Verified; today: string }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
      <WorkCard
        title="Yours, undecided"
        total={own.total}
        all={undecided}
        empty="No undecided opportunity has your address as its owner in the CRM."
      >
        {own.rows.map((row) => (
          <WorkItem key={row.id} row={row} today={today} aside={<ClockBadge clock={row.clock} />}>
            <StateLine row={row} />
          </WorkItem>
        ))}
      </WorkCard>
      <WorkCard
        title="Missing from you"
        total={missing.total}
        empty="Nothing is missing from you: every field is set, and what is being assessed has evidence."
      >
        {missing.rows.map((row) => (
          <WorkItem key={row.id} row={row} today={today}>
            <ul className="flex flex-wrap gap-1">
              {row.fields.map((field) => (
                <li key={field}>
                  <Badge tone="warning">{field} not set in CRM</Badge>
                </li>
              ))}
              {row.noEvidence ? (
                <li>
                  <Badge tone="warning">no evidence files</Badge>
                </li>
              ) : null}
            </ul>
          </WorkItem>
        ))}
        <LeftOut shown={missing.rows.length} total={missing.total} />
      </WorkCard>
      <WorkCard
        title="Decided"
        total={decided.total}
        empty="None of your opportunities has been decided yet."
      >
        {decided.rows.map((row) => (
          <Decided key={row.id} row={row} today={today} />
        ))}
        <LeftOut
          shown={decided.rows.length}
          total={decided.total}
          among={{ to: concluded, name: 'those decided or closed' }}
        />
      </WorkCard>
    </div>
  );
}

function StateLine({ row }: { row: OwnOpportunity }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      <WorkflowBadge status={row.status} name={workflowStatusNames[row.status]} />
      {row.clock ? (
        <span>
          with <strong>{row.holder}</strong> for {formatWorking(row.clock.elapsedMinutes)}
        </span>
      ) : null}
      {row.next ? <span className="text-muted">next: {row.next}</span> : null}
      {row.status === 'ON_HOLD' && row.holdUntil ? (
        <span className="text-muted">until {formatDay(row.holdUntil)}</span>
      ) : null}
    </p>
  );
}

function Decided({ row, today }: { row: DecidedRow; today: string }) {
  return (
    <WorkItem
      row={row}
      today={today}
      aside={<WorkflowBadge status={row.verdict} name={workflowStatusNames[row.verdict]} />}
    >
      <p className="text-xs text-muted">
        <SignedName name={row.by} />, <Moment at={row.at} />
      </p>
      {row.reason ? (
        <blockquote className="border-l-2 pl-2 text-xs wrap-anywhere">{row.reason}</blockquote>
      ) : null}
      <ul className="text-xs">
        {row.conditions.map(({ condition, due, met }) => (
          <li key={condition} className="wrap-anywhere">
            {condition}{' '}
            <span className="text-muted">
              ({met ? 'met' : row.followed ? dueWords(due, today) : 'no longer needed'})
            </span>
          </li>
        ))}
      </ul>
    </WorkItem>
  );
}
