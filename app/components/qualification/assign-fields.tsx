import { SelectField } from '#app/components/ui/select-field.tsx';
import type { ArchitectLoad } from '#app/domain/load.ts';
import { dueMeaning, loadWords } from '#app/domain/load.ts';
import { typedValue } from '#app/domain/typed-form.ts';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

/** Which architect assesses an opportunity; each is shown with what they have to do already. */
export function AssignFields({
  typed,
  errors = {},
  architects,
  label = 'Solution architect',
  ...facts
}: QualificationFieldsProps & { architects: readonly ArchitectLoad[]; label?: string }) {
  return (
    <div className="grid min-w-0 gap-3">
      <HiddenFacts intent="assign" {...facts} />
      <SelectField
        name="assessorId"
        label={label}
        defaultValue={typedValue(typed, 'assessorId')}
        error={errors.assessorId}
        hint={architects.some(({ due }) => due > 0) ? dueMeaning : undefined}
        required
      >
        <option value="">Choose …</option>
        {architects.map((architect) => (
          <option key={architect.id} value={architect.id}>
            {architect.name} ({loadWords(architect)})
          </option>
        ))}
      </SelectField>
    </div>
  );
}
