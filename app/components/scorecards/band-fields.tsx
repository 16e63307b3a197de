import { SelectField } from '#app/components/ui/select-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { FieldErrors } from '#app/domain/scorecard-form.ts';
import type { TypedBand } from '#app/domain/typed-scorecard.ts';
import { RowButtons } from './row-buttons.tsx';

/** One band of the editor. */
export function BandFields({
  band,
  index,
  last,
  errors,
}: {
  band: TypedBand;
  index: number;
  last: number;
  errors: FieldErrors;
}) {
  const field = (name: string) => {
    const id = `bands.${index}.${name}`;
    return { id, name: id, error: errors[id] };
  };
  const title = band.name.trim() || `band ${index + 1}`;
  return (
    <fieldset
      id={`bands-${index}`}
      tabIndex={-1}
      className="grid min-w-0 scroll-mt-24 grid-cols-2 items-start gap-x-3 gap-y-2 border-b px-4 py-3 last:border-b-0 md:grid-cols-[8rem_minmax(0,1fr)_7rem_12rem_auto]"
    >
      <legend className="sr-only">
        Band {index + 1}: {title}
      </legend>
      <TextField label="Code" {...field('code')} defaultValue={band.code} maxLength={40} />
      <TextField label="Name" {...field('name')} defaultValue={band.name} maxLength={100} />
      <TextField
        label="From, %"
        {...field('lowest')}
        defaultValue={band.lowest}
        inputMode="decimal"
        maxLength={10}
      />
      <SelectField label="Speaks for" {...field('advice')} defaultValue={band.advice}>
        <option value="GO">GO</option>
        <option value="EITHER">Either: leaves it open</option>
        <option value="NO_GO">NO-GO</option>
      </SelectField>
      <div className="pb-1 max-md:col-span-2 max-md:self-end max-md:justify-self-end md:pt-6">
        <RowButtons list="bands" index={index} last={last} name={title} />
      </div>
    </fieldset>
  );
}
