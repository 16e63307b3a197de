import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { typedValue } from '#app/domain/typed-form.ts';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

/** Until when an opportunity is on hold, and why. */
export function HoldFields({ typed, errors = {}, ...facts }: QualificationFieldsProps) {
  return (
    <div className="grid gap-3">
      <HiddenFacts intent="hold" {...facts} />
      <TextField
        type="date"
        name="until"
        label="On hold until"
        hint="A day after today. The decision clock stands still until then."
        defaultValue={typedValue(typed, 'until')}
        error={errors.until}
        className="max-w-56"
        required
      />
      <TextAreaField
        name="reason"
        label="Why it waits"
        hint="At least 5 characters."
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
        most={4000}
        required
      />
    </div>
  );
}
