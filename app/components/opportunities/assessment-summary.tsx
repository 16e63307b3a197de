import { SignedName } from '#app/components/signed-name.tsx';
import { adviceTones } from '#app/components/advice-tones.ts';
import { Link } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import type { AssessmentSummary } from '#app/domain/qualification-view.ts';
import { formatScore } from '#app/domain/scoring.ts';
import { Part } from './part.tsx';

/** The latest submitted assessment in short, and the ways to all of it. */
export function AssessmentSummaryPart({
  assessment: a,
  path,
}: {
  assessment: AssessmentSummary;
  path: string;
}) {
  return (
    <Part title={`Assessment, version ${a.version}`}>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <strong className="text-lg font-semibold">{formatScore(a.score)}</strong>
        <Badge tone={adviceTones[a.advice]}>{a.band}</Badge>
        {a.knockOuts.length > 0 ? (
          <Badge tone="bad" className="whitespace-normal">
            Knocked out by {a.knockOuts.join(', ')}
          </Badge>
        ) : null}
        <span className="text-xs text-muted">
          on {a.scorecard}, by {a.assessor}, <Moment at={a.submittedAt} />
        </span>
      </p>
      <p dir="auto" className="max-w-prose wrap-anywhere whitespace-pre-wrap">
        {a.summary}
      </p>
      {a.sensitivity.length > 0 ? (
        <ul className="grid gap-0.5 text-xs text-muted">
          {a.sensitivity.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {a.returned ? (
        <Notice
          tone="warning"
          title={
            <>
              <SignedName name={a.returned.by} /> returned it
            </>
          }
        >
          <q dir="auto" className="wrap-anywhere whitespace-pre-wrap">
            {a.returned.reason}
          </q>{' '}
          <span className="text-xs text-muted">
            <Moment at={a.returned.at} />
          </span>
        </Notice>
      ) : null}
      <p className="flex flex-wrap gap-x-4">
        <Link to={`${path}/assessments/${a.version}`} className="link">
          See the whole sheet
        </Link>
        {a.version > 1 ? (
          <Link to={`${path}/versions`} className="link">
            Compare versions
          </Link>
        ) : null}
      </p>
    </Part>
  );
}
