import { Card } from '#app/components/ui/card.tsx';
import { CheckboxField } from '#app/components/ui/checkbox-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { FieldErrors } from '#app/domain/scorecard-form.ts';
import type { TypedScorecard } from '#app/domain/typed-scorecard.ts';
import { AddRow, RowButtons } from './row-buttons.tsx';

/** When a submitted assessment may be decided without a recommendation. */
export function FastTrackFields({
  fastTrack,
  errors,
}: {
  fastTrack: TypedScorecard['fastTrack'];
  errors: FieldErrors;
}) {
  const field = (name: string) => ({ id: name, name, error: errors[name] });
  const { limits } = fastTrack;
  return (
    <Card
      title="Fast track"
      actions={
        <AddRow list="limits" at={limits.length}>
          Add a limit
        </AddRow>
      }
    >
      <div id="limits" className="grid gap-3">
        <CheckboxField
          label="A submitted assessment may be decided without a recommendation"
          hint="It is complete, nothing knocks it out, and its amount is under the limit of its currency. In a currency without a limit it never applies."
          {...field('fastTrack.enabled')}
          defaultChecked={fastTrack.enabled}
        />
        <TextField
          label="From a score of, %"
          {...field('fastTrack.lowest')}
          defaultValue={fastTrack.lowest}
          inputMode="decimal"
          maxLength={10}
          className="max-w-40"
        />
        {limits.length === 0 ? (
          <p className="text-xs text-muted">No currency has a limit.</p>
        ) : null}
        {limits.map(({ currency, amount }, index) => (
          <fieldset
            key={index}
            id={`limits-${index}`}
            tabIndex={-1}
            className="flex min-w-0 scroll-mt-24 items-start gap-3"
          >
            <legend className="sr-only">Limit {index + 1}</legend>
            <TextField
              label="Currency"
              {...field(`limits.${index}.currency`)}
              defaultValue={currency}
              maxLength={10}
              className="w-24"
            />
            <TextField
              label="Amount under"
              {...field(`limits.${index}.amount`)}
              defaultValue={amount}
              inputMode="decimal"
              maxLength={30}
              className="w-44 min-w-0"
            />
            <div className="pt-6">
              <RowButtons
                list="limits"
                index={index}
                last={limits.length - 1}
                name={`the limit in ${currency || 'no currency'}`}
              />
            </div>
          </fieldset>
        ))}
      </div>
    </Card>
  );
}
