import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { mostNote, type Answer, type Gap } from '#app/domain/assessment.ts';
import type { Criterion } from '#app/domain/scorecard.ts';
import { formatScore } from '#app/domain/scoring.ts';
import { sheetFields } from '#app/domain/sheet-form.ts';
import { Badge } from '#app/components/ui/badge.tsx';
import { controlLook, FieldNotes } from '#app/components/ui/field.tsx';
import { LengthNote, lengthNoteId } from '#app/components/ui/length-note.tsx';
import { PreviousAnswer } from './previous-answer.tsx';
import { RatingScale } from './rating-scale.tsx';
import { ReasonChips } from './reason-chips.tsx';
import { sheetFormId } from './use-sheet.ts';

/** Where on the page a criterion is. */
export function criterionId(code: string): string {
  return `criterion-${code}`;
}

/** Where its note is. */
export function noteId(code: string): string {
  return `${criterionId(code)}-note`;
}

/** What to do about a text that is longer than a submitted sheet may hold; `error` is what keeps it from being saved. */
export function whatToDo(error: string | undefined): string {
  return error
    ? 'The draft cannot be saved like this.'
    : 'The draft keeps it; shorten it before you submit.';
}

export interface CriterionCardProps {
  criterion: Criterion;
  /** What the controls begin with; from then on they hold it themselves. */
  first: Answer;
  /** What they say now. */
  answer: Answer;
  /** What it still lacks. */
  gaps: readonly Gap[];
  errors: Record<string, string>;
  previous: { version: number; answer: Answer } | null;
  /** The files behind the rating; it may hold forms of its own. */
  evidence?: ReactNode;
}

/** One question of a sheet with its anchors, rating, reasons, note and files. */
export function CriterionCard({
  criterion,
  first,
  answer,
  gaps,
  errors,
  previous,
  evidence,
}: CriterionCardProps) {
  const { code, question } = criterion;
  const id = criterionId(code);
  const error = errors[sheetFields.rating(code)] ?? errors[sheetFields.reason(code)];
  return (
    <fieldset
      id={id}
      data-criterion={code}
      className={clsx(
        'min-w-0 scroll-mt-4 scroll-mb-24 rounded-lg border bg-surface focus-within:border-accent',
        error && 'border-bad',
      )}
    >
      <legend className="float-left w-full px-4 pt-3">
        <Title criterion={criterion} answer={answer} gaps={gaps} />
      </legend>
      <div className="clear-both grid gap-3 px-4 pt-1 pb-4">
        <p className="text-pretty text-muted">{question}</p>
        {previous ? <PreviousAnswer {...previous} now={answer} /> : null}
        <div className="grid gap-2">
          <RatingScale criterion={criterion} halfSteps={first.halfSteps} id={`${id}-anchors`} />
          <FieldNotes id={id} error={error} />
        </div>
        <ReasonChips criterion={criterion} chosen={first.reasons} />
        <Note
          criterion={criterion}
          first={first.note}
          length={answer.note.length}
          error={errors[sheetFields.note(code)]}
        />
        {evidence}
      </div>
    </fieldset>
  );
}

function Title({
  criterion,
  answer,
  gaps,
}: Pick<CriterionCardProps, 'criterion' | 'answer' | 'gaps'>) {
  const { name, weight, knockOutBelow } = criterion;
  const { halfSteps } = answer;
  const lacks = (kind: Gap['kind']) => gaps.some((gap) => gap.kind === kind);
  const out = halfSteps !== null && knockOutBelow !== null && halfSteps < knockOutBelow;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-base font-semibold">{name}</span>
      <span className="text-xs text-muted">
        weighs {weight} %{halfSteps === null ? null : <>, adds {formatScore(weight * halfSteps)}</>}
      </span>
      <span className="ml-auto flex flex-wrap gap-1.5">
        {knockOutBelow === null ? null : (
          <Badge tone={out ? 'bad' : 'neutral'}>
            {out ? 'Knock-out: forces NO-GO' : `Knock-out below ${knockOutBelow / 2}`}
          </Badge>
        )}
        {lacks('unexplained') ? <Badge tone="warning">Needs a reason or note</Badge> : null}
        {lacks('long-note') ? <Badge tone="warning">Note too long</Badge> : null}
        {lacks('unanswered') ? <Badge tone="info">Unanswered</Badge> : null}
      </span>
    </span>
  );
}

function Note({
  criterion,
  first,
  length,
  error,
}: {
  criterion: Criterion;
  first: string;
  /** Of what it says now. */
  length: number;
  error: string | undefined;
}) {
  const id = noteId(criterion.code);
  return (
    <div className="relative grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        Note
        <span className="sr-only"> on {criterion.name}</span>
      </label>
      <textarea
        id={id}
        form={sheetFormId}
        name={sheetFields.note(criterion.code)}
        defaultValue={first}
        rows={2}
        placeholder="What you know, and from whom"
        aria-invalid={error ? true : undefined}
        aria-describedby={
          clsx(error && `${id}-error`, lengthNoteId(id, length, mostNote)) || undefined
        }
        className={clsx(controlLook, 'field-sizing-content max-h-80 min-h-14 scroll-mb-24')}
      />
      <LengthNote id={id} length={length} most={mostNote} over={whatToDo(error)} />
      <FieldNotes id={id} error={error} />
    </div>
  );
}
