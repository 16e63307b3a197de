import { clsx } from 'clsx';
import { reasonBandOf } from '#app/domain/reason-band.ts';
import type { Criterion } from '#app/domain/scorecard.ts';
import { formatRating } from '#app/domain/scoring.ts';
import { sheetFields } from '#app/domain/sheet-form.ts';
import { sheetFormId } from './use-sheet.ts';

const steps = Array.from({ length: 11 }, (_, halfSteps) => halfSteps);

/**
 * One strip from 0 to 5 by halves with what a 1, a 3 and a 5 mean under their places, and apart from it the
 * choice to leave the criterion unanswered.
 */
export function RatingScale({
  criterion,
  halfSteps,
  id,
}: {
  criterion: Criterion;
  halfSteps: number | null;
  /** Of the anchors, which describe each rating. */
  id: string;
}) {
  const field = {
    type: 'radio',
    form: sheetFormId,
    name: sheetFields.rating(criterion.code),
    'aria-describedby': id,
    className: 'absolute inset-0 size-full cursor-pointer appearance-none rounded-[inherit]',
  };
  return (
    <div className="grid items-center gap-x-3 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="rating-scale flex overflow-clip rounded-md border border-line-strong/70">
        {steps.map((step) => (
          <div key={step} data-step className="relative h-10 min-w-0 grow basis-0">
            <input
              {...field}
              value={formatRating(step)}
              aria-label={formatRating(step)}
              defaultChecked={halfSteps === step}
              data-range={reasonBandOf(step)}
            />
            <Face step={step} knockOutBelow={criterion.knockOutBelow} />
          </div>
        ))}
      </div>
      <div className="relative justify-self-start rounded-md p-1.5 text-xs text-muted has-checked:font-medium has-checked:text-ink max-sm:order-last">
        <input {...field} value="" aria-label="Unanswered" defaultChecked={halfSteps === null} />
        <span aria-hidden className="flex items-center gap-1.5">
          <span className="unanswered-dot size-3 rounded-full border border-line-strong" />
          Unanswered
        </span>
      </div>
      <Anchors criterion={criterion} id={id} />
    </div>
  );
}

function Face({ step, knockOutBelow }: { step: number; knockOutBelow: number | null }) {
  const whole = step % 2 === 0;
  return (
    <span
      aria-hidden
      className={clsx(
        'pointer-events-none grid size-full place-items-center',
        whole ? 'text-sm font-medium' : 'text-2xs text-muted',
        knockOutBelow !== null && step < knockOutBelow && 'shadow-[inset_0_-3px] shadow-bad',
      )}
    >
      {whole ? step / 2 : formatRating(step)}
    </span>
  );
}

function Anchors({ criterion, id }: { criterion: Criterion; id: string }) {
  const { low, middle, high } = criterion.anchors;
  return (
    <ol id={id} className="grid gap-y-1 text-xs text-pretty text-muted sm:grid-cols-11">
      <Anchor at="1" text={low} className="sm:col-span-5 sm:px-3 sm:text-center" />
      <Anchor at="3" text={middle} className="sm:col-span-3 sm:text-center" />
      <Anchor at="5" text={high} className="sm:col-span-3 sm:pl-3 sm:text-right" />
    </ol>
  );
}

function Anchor({ at, text, className }: { at: string; text: string; className: string }) {
  return (
    <li className={className}>
      <strong className="mr-1.5 font-semibold text-ink">{at}</strong>
      {text}
    </li>
  );
}
