import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { Answer, Sheet } from '#app/domain/assessment.ts';
import type { Criterion, Scorecard } from '#app/domain/scorecard.ts';
import { formatRating, formatScore } from '#app/domain/scoring.ts';
import { answerTo } from '#app/domain/sheet-difference.ts';
import { Badge } from '#app/components/ui/badge.tsx';
import { criterionId } from './criterion-card.tsx';

/** A filled sheet to be read: every criterion with its rating, anchors, reasons and note. */
export function ReadSheet({
  card,
  sheet,
  evidence,
}: {
  card: Scorecard;
  sheet: Sheet;
  /** The files behind a criterion's rating. */
  evidence?: (criterionCode: string) => ReactNode;
}) {
  return (
    <ol className="divide-y">
      {card.criteria.map((criterion) => (
        <li
          key={criterion.code}
          id={criterionId(criterion.code)}
          className="grid gap-x-6 gap-y-2 px-4 py-4 md:grid-cols-[14rem_minmax(0,1fr)]"
        >
          <Rated criterion={criterion} answer={answerTo(sheet, criterion.code)} />
          <Explained criterion={criterion} answer={answerTo(sheet, criterion.code)}>
            {evidence?.(criterion.code)}
          </Explained>
        </li>
      ))}
    </ol>
  );
}

function Rated({ criterion, answer }: { criterion: Criterion; answer: Answer }) {
  const { name, weight } = criterion;
  const { halfSteps } = answer;
  return (
    <div className="grid content-start gap-1">
      <h3 className="font-semibold">{name}</h3>
      <p className="flex items-baseline gap-2">
        {halfSteps === null ? (
          <span className="text-muted italic">unanswered</span>
        ) : (
          <>
            <strong className="text-xl font-semibold">{formatRating(halfSteps)}</strong>
            <span className="text-xs text-muted">
              of 5, adds {formatScore(weight * halfSteps)} of {weight} %
            </span>
          </>
        )}
      </p>
      <RatingMeter halfSteps={halfSteps} />
      {isOut(criterion, halfSteps) ? <Badge tone="bad">Knock-out</Badge> : null}
    </div>
  );
}

function Explained({
  criterion,
  answer,
  children,
}: {
  criterion: Criterion;
  answer: Answer;
  children: ReactNode;
}) {
  const { reasons, note } = answer;
  return (
    <div className="grid min-w-0 content-start gap-2">
      <ReadAnchors criterion={criterion} halfSteps={answer.halfSteps} />
      {reasons.length > 0 ? (
        <ul aria-label="Reasons" className="flex flex-wrap gap-1.5">
          {reasons.map((reason) => (
            <li key={reason}>
              <Badge>{reason}</Badge>
            </li>
          ))}
        </ul>
      ) : null}
      {note.trim() ? <p className="max-w-prose wrap-anywhere whitespace-pre-line">{note}</p> : null}
      {children}
    </div>
  );
}

/** The anchors, the one nearest to the rating in full ink. */
function ReadAnchors({ criterion, halfSteps }: { criterion: Criterion; halfSteps: number | null }) {
  const { low, middle, high } = criterion.anchors;
  const nearest = halfSteps === null ? null : halfSteps <= 4 ? '1' : halfSteps < 8 ? '3' : '5';
  return (
    <ul className="grid gap-x-6 gap-y-0.5 text-xs lg:grid-cols-3">
      {Object.entries({ 1: low, 3: middle, 5: high }).map(([at, text]) => (
        <li key={at} className={clsx('text-pretty', nearest !== at && 'text-muted')}>
          <strong className="mr-1.5 font-semibold">{at}</strong>
          {text}
        </li>
      ))}
    </ul>
  );
}

/** A rating as a bar of ten half-steps. */
export function RatingMeter({ halfSteps }: { halfSteps: number | null }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className="h-1.5 w-full max-w-56"
    >
      <rect width="100" height="6" className="fill-sunken" />
      <rect width={(halfSteps ?? 0) * 10} height="6" className="fill-accent" />
    </svg>
  );
}

function isOut({ knockOutBelow }: Criterion, halfSteps: number | null): boolean {
  return knockOutBelow !== null && halfSteps !== null && halfSteps < knockOutBelow;
}
