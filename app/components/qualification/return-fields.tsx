import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { typedValue } from '#app/domain/typed-form.ts';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

/** Why an assessment goes back to its architect. */
export function ReturnFields({ typed, errors = {}, ...facts }: QualificationFieldsProps) {
  return (
    <div className="grid gap-3">
      <HiddenFacts intent="return" {...facts} />
      <TextAreaField
        name="reason"
        label="What is to be looked at again"
        hint="The architect reads this. At least 5 characters."
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
        most={4000}
        required
      />
    </div>
  );
}
