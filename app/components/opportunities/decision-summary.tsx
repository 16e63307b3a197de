import { SignedName } from '#app/components/signed-name.tsx';
import { Link } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import type { DecisionSummary, QualificationView } from '#app/domain/qualification-view.ts';
import { overrideWords } from '#app/domain/override-words.ts';
import { recommendationNames } from '#app/domain/work-words.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import { Conditions } from './conditions.tsx';
import { Part } from './part.tsx';
import { WorkflowBadge } from './workflow-badge.tsx';

const tones = { GO: 'good', NO_GO: 'bad', CONDITIONAL: 'warning' } as const;

/** What the practice head recommends, and why. */
export function RecommendationPart({
  recommendation: { verdict, rationale, by, at },
  version,
}: {
  recommendation: NonNullable<QualificationView['recommendation']>;
  version: number;
}) {
  return (
    <Part title={`Recommendation on version ${version}`}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Badge tone={tones[verdict]}>{recommendationNames[verdict]}</Badge>
        <span className="text-xs text-muted">
          by <SignedName name={by} />, <Moment at={at} />
        </span>
      </p>
      <Words>{rationale}</Words>
    </Part>
  );
}

/** The decision that stands, what it goes against, what it hangs on, and the way to its memo. */
export function DecisionPart({
  decision,
  path,
  view,
}: {
  decision: DecisionSummary;
  path: string;
  view: QualificationView;
}) {
  const { verdict, version, fastTrack, reason, by, at, conditions } = decision;
  const override = overrideWords(decision.overrides, decision);
  return (
    <Part
      title={version === null ? 'Decision before assessment' : `Decision on version ${version}`}
    >
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <WorkflowBadge status={verdict} name={workflowStatusNames[verdict]} />
        {override ? (
          <Badge tone="warning" className="whitespace-normal">
            Override: {override}
          </Badge>
        ) : null}
        {fastTrack ? <Badge tone="info">Fast track</Badge> : null}
        <span className="text-xs text-muted">
          by <SignedName name={by} />, <Moment at={at} />
        </span>
      </p>
      {reason ? <Words>{reason}</Words> : null}
      {conditions.length > 0 ? <Conditions conditions={conditions} mayMeet={view.mayMeet} /> : null}
      <p>
        <Link to={`${path}/memo/${decision.id}`} className="link">
          Decision memo
        </Link>
      </p>
    </Part>
  );
}

function Words({ children }: { children: string }) {
  return (
    <p dir="auto" className="max-w-prose wrap-anywhere whitespace-pre-wrap">
      {children}
    </p>
  );
}
