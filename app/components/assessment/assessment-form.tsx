import { Form, useNavigation } from '@remix-run/react';
import { clsx } from 'clsx';
import { useMemo, type ReactNode } from 'react';
import {
  gapsOf,
  leastSummary,
  mostSummary,
  ratingsOf,
  type Gap,
  type Sheet,
} from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { standingOf } from '#app/domain/scoring.ts';
import { answerTo } from '#app/domain/sheet-difference.ts';
import { controlLook, FieldNotes } from '#app/components/ui/field.tsx';
import { LengthNote, lengthNoteId } from '#app/components/ui/length-note.tsx';
import type { RefusedSheet } from '#app/services/act-on-sheet.server.ts';
import { CriterionCard, whatToDo } from './criterion-card.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Obstacle } from './sheet-obstacle.tsx';
import { SheetBar, SheetPanel } from './sheet-panel.tsx';
import { sheetFormId, useSheet } from './use-sheet.ts';
import { useSheetKeys } from './use-sheet-keys.ts';
import { useSubmission } from './use-submission.ts';

export interface AssessmentFormProps {
  /** Of the page; drafts are saved below it. */
  address: string;
  card: Scorecard;
  draft: Sheet & { id: string; revision: number; savedAt: Date };
  previous: (Sheet & { version: number }) | null;
  refused: RefusedSheet | undefined;
  /** The files behind a criterion's rating. */
  evidence?: (criterionCode: string) => ReactNode;
}

/**
 * The sheet of an assessment. Its controls are plain ones of one form, so it works as it is; scripts add
 * live figures, single keys and saving by itself.
 */
export function AssessmentForm(props: AssessmentFormProps) {
  const { address, card, draft, previous, refused, evidence } = props;
  const sheet = useSheet({
    card,
    address: `${address}/draft`,
    draft: { revision: refused?.typed?.revision ?? draft.revision, savedAt: draft.savedAt },
    first: { sheet: refused?.typed?.sheet ?? draft, errors: refused?.errors ?? {} },
    stored: { summary: draft.summary, answers: draft.answers },
  });
  const keys = useSheetKeys();
  const { opened, typed, state, live } = sheet;
  const first = opened.first.sheet;
  const revision = refused?.now?.revision ?? opened.draft.revision;
  const { errors } = typed;
  const ratings = useMemo(() => ratingsOf(typed.sheet.answers), [typed]);
  const standing = standingOf(card, ratings);
  const gaps = gapsOf(card, typed.sheet);
  const busy = useNavigation().formMethod === 'POST';
  const onSubmit = useSubmission(sheet, busy);
  return (
    // The keys belong to the controls within; the box only hears of them.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="grid gap-4 pb-16 lg:grid-cols-[minmax(0,1fr)_21rem] lg:pb-0"
      onKeyDown={keys.onKeyDown}
      onChange={({ target }) => belongs(target) && sheet.changed()}
    >
      <div className="grid min-w-0 content-start gap-4">
        <Form
          id={sheetFormId}
          className="hidden"
          ref={sheet.form}
          method="post"
          autoComplete="off"
          preventScrollReset
          onSubmit={onSubmit}
        >
          <input type="hidden" name="draftId" value={draft.id} />
          <input type="hidden" name="revision" value={sheet.revision ?? revision} />
        </Form>
        <Obstacle sheet={sheet} card={card} address={address} refused={refused} />
        {card.criteria.map((criterion) => (
          <CriterionCard
            key={criterion.code}
            criterion={criterion}
            errors={errors}
            first={answerTo(first, criterion.code)}
            answer={answerTo(typed.sheet, criterion.code)}
            gaps={gaps.filter((gap) => 'criterion' in gap && gap.criterion === criterion.code)}
            previous={
              previous && {
                version: previous.version,
                answer: answerTo(previous, criterion.code),
              }
            }
            evidence={evidence?.(criterion.code)}
          />
        ))}
        <Summary
          first={first.summary}
          length={typed.sheet.summary.length}
          gap={gaps.find(({ kind }) => kind === 'summary')}
          error={errors.summary}
        />
      </div>
      <SheetPanel
        card={card}
        standing={standing}
        ratings={ratings}
        gaps={gaps}
        state={state}
        busy={busy}
      >
        {live ? <KeysHelp on={keys.on} setOn={keys.setOn} /> : null}
      </SheetPanel>
      <SheetBar standing={standing} state={state} />
    </div>
  );
}

/** Whether a control is one of the sheet's own, and not of what stands beside it. */
function belongs(target: EventTarget): boolean {
  return (
    'form' in target && target.form instanceof HTMLFormElement && target.form.id === sheetFormId
  );
}

function Summary({
  first,
  length,
  gap,
  error,
}: {
  first: string;
  /** Of what it says now. */
  length: number;
  gap: Gap | undefined;
  error: string | undefined;
}) {
  return (
    <section className="relative grid gap-2 rounded-lg border bg-surface p-4">
      <label htmlFor="summary" className="text-base font-semibold">
        Summary
      </label>
      <p id="summary-hint" className="text-muted">
        What speaks for this opportunity and what against it, for whoever decides. At least{' '}
        {leastSummary} characters{gap?.kind === 'summary' ? `; ${gap.missing} missing` : null}.
      </p>
      <textarea
        id="summary"
        form={sheetFormId}
        name="summary"
        defaultValue={first}
        rows={4}
        aria-invalid={error ? true : undefined}
        aria-describedby={clsx(
          'summary-hint',
          error && 'summary-error',
          lengthNoteId('summary', length, mostSummary),
        )}
        className={clsx(
          controlLook,
          'field-sizing-content max-h-96 min-h-24 scroll-mt-10 scroll-mb-24',
        )}
      />
      <LengthNote id="summary" length={length} most={mostSummary} over={whatToDo(error)} />
      <FieldNotes id="summary" error={error} />
    </section>
  );
}
