import { SignedName } from '#app/components/signed-name.tsx';
import { Link } from '@remix-run/react';
import { WorkflowBadge } from '#app/components/opportunities/workflow-badge.tsx';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { overrideWords } from '#app/domain/override-words.ts';
import { statusInSentence, workflowStatusNames } from '#app/domain/workflow-names.ts';
import { memoPath } from '#app/lib/memo-path.ts';
import type { PastDecision } from '#app/models/decision-list.server.ts';
import { WorkItem } from './work-list.tsx';

/** A decision as it was made, and where its opportunity stands since. */
export function PastDecisionItem({ row, today }: { row: PastDecision; today: string }) {
  const override = overrideWords(row.overrides, row);
  return (
    <WorkItem
      row={row}
      today={today}
      aside={<WorkflowBadge status={row.verdict} name={workflowStatusNames[row.verdict]} />}
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <span>
          <SignedName name={row.by} />, <Moment at={row.at} />
        </span>
        {override ? <Badge tone="warning">Override: {override}</Badge> : null}
        {row.fastTrack ? <Badge tone="info">Fast track</Badge> : null}
        {row.conditions > 0 ? (
          <span>
            {row.met} of {row.conditions} conditions met
          </span>
        ) : null}
        <Link to={memoPath(row, row.decisionId)} className="link">
          Memo
        </Link>
        {row.reopened ? <Badge>reopened since</Badge> : null}
        {row.status === row.verdict ? null : <span>now {statusInSentence(row.status)}</span>}
      </p>
      {row.reason ? (
        <blockquote className="border-l-2 pl-2 text-xs wrap-anywhere">{row.reason}</blockquote>
      ) : null}
    </WorkItem>
  );
}
