import { Check } from 'lucide-react';
import { reasonBands } from '#app/domain/reason-band.ts';
import type { Criterion } from '#app/domain/scorecard.ts';
import { sheetFields } from '#app/domain/sheet-form.ts';
import { sheetFormId } from './use-sheet.ts';

/**
 * The reasons a criterion offers. The style sheet shows those that fit the rating, and any chosen for
 * another one, so that none is kept unseen; it needs no script for that.
 */
export function ReasonChips({
  criterion,
  chosen,
  describedBy,
}: {
  criterion: Criterion;
  chosen: readonly string[];
  describedBy?: string;
}) {
  return (
    <div className="reason-groups grid gap-2">
      {reasonBands.map(({ key, label }) => (
        <fieldset key={key} data-range={key} className="min-w-0" aria-describedby={describedBy}>
          <legend className="mb-1 text-xs text-muted">
            Reasons for {label}
            <span className="other-range text-warning"> (not the range of this rating)</span>
          </legend>
          <div className="flex flex-wrap gap-1.5">
            {criterion.reasons[key].map((reason) => (
              <label
                key={reason}
                className="inline-flex min-h-7 cursor-pointer items-center gap-1 rounded-full border border-line-strong/60 px-2.5 text-xs has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
              >
                <input
                  type="checkbox"
                  form={sheetFormId}
                  name={sheetFields.reason(criterion.code)}
                  value={reason}
                  defaultChecked={chosen.includes(reason)}
                  className="peer sr-only"
                />
                <Check aria-hidden className="size-3.5 not-peer-checked:hidden" />
                {reason}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <p className="unrated-hint text-xs text-muted">
        Reasons to choose from appear with the rating.
      </p>
    </div>
  );
}
