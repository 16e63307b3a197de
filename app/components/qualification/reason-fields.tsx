import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import type { Intent } from '#app/domain/transitions.ts';
import { typedValue } from '#app/domain/typed-form.ts';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

/** Why something is done that asks for nothing but a reason. */
export function ReasonFields({
  intent,
  label,
  typed,
  errors = {},
  ...facts
}: QualificationFieldsProps & { intent: Intent; label: string }) {
  return (
    <div className="grid gap-3">
      <HiddenFacts intent={intent} {...facts} />
      <TextAreaField
        name="reason"
        label={label}
        hint="At least 5 characters."
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
        most={4000}
        required
      />
    </div>
  );
}
