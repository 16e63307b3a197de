import type { ReactNode } from 'react';
import type { Answer } from '#app/domain/assessment.ts';
import { formatRating } from '#app/domain/scoring.ts';
import { sameAnswer } from '#app/domain/sheet-difference.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** A rating in words; unanswered is none. */
export function ratingWords(halfSteps: number | null): string {
  return halfSteps === null ? 'unanswered' : formatRating(halfSteps);
}

/** What the version before said of a criterion, in one line where nothing has changed since. */
export function PreviousAnswer({
  version,
  answer,
  now,
}: {
  version: number;
  answer: Answer;
  now: Answer;
}) {
  const same = sameAnswer(answer, now);
  return (
    <div className="grid gap-0.5 border-l-2 border-line-strong/60 pl-2.5 text-xs text-muted">
      <p>
        {same ? 'As in version' : 'Version'} {version}:{' '}
        <strong className="font-semibold text-ink">{ratingWords(answer.halfSteps)}</strong>
        {same || answer.reasons.length === 0 ? null : ` · ${answer.reasons.join(', ')}`}
      </p>
      {same || answer.note === '' || answer.note === now.note ? null : (
        <p className="wrap-anywhere whitespace-pre-line">“{answer.note}”</p>
      )}
    </div>
  );
}

/** Why a version came back, in the words of whoever returned it. */
export function ReturnedNotice({
  version,
  reason,
  by,
  at,
  children,
}: {
  version: number;
  reason: string;
  by: string;
  at: Date;
  children?: ReactNode;
}) {
  return (
    <Notice tone="warning" title={`Version ${version} was returned by ${by}`}>
      <blockquote className="text-pretty wrap-anywhere whitespace-pre-line">
        “<bdi>{reason}</bdi>”
      </blockquote>
      <p className="mt-1 text-xs text-muted">
        <Moment at={at} />
        {children}
      </p>
    </Notice>
  );
}
