import { RadioGroup } from '#app/components/ui/radio-group.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { typedValue } from '#app/domain/typed-form.ts';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

const verdicts = [
  { value: 'GO', label: 'GO' },
  { value: 'CONDITIONAL', label: 'Conditional GO' },
  { value: 'NO_GO', label: 'NO-GO' },
];

/** What a practice head recommends, and why. */
export function RecommendFields({ typed, errors = {}, ...facts }: QualificationFieldsProps) {
  return (
    <div className="grid gap-3">
      <HiddenFacts intent="recommend" {...facts} />
      <RadioGroup
        legend="Recommendation"
        name="verdict"
        choices={verdicts}
        defaultValue={typedValue(typed, 'verdict')}
        error={errors.verdict}
      />
      <TextAreaField
        name="rationale"
        label="Rationale"
        hint="At least 5 characters. Where it is conditional, say on what."
        defaultValue={typedValue(typed, 'rationale')}
        error={errors.rationale}
        most={4000}
        required
      />
    </div>
  );
}
