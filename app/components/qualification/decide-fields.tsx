import { RadioGroup } from '#app/components/ui/radio-group.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import type { Override } from '#app/domain/scoring.ts';
import type { Verdict } from '#app/domain/transitions.ts';
import { typedValue } from '#app/domain/typed-form.ts';
import { ConditionRows } from './condition-rows.tsx';
import { HiddenFacts, type QualificationFieldsProps } from './form-facts.tsx';

const verdicts: { value: Verdict; label: string }[] = [
  { value: 'GO', label: 'GO' },
  { value: 'CONDITIONAL_GO', label: 'Conditional GO' },
  { value: 'NO_GO', label: 'NO-GO' },
];

/**
 * What a manager decides, why, and on which conditions, which show once the GO is conditional.
 * `overrides` says of each verdict what it goes against, so that nobody is told only afterwards.
 */
export function DecideFields({
  typed,
  errors = {},
  overrides,
  ...facts
}: QualificationFieldsProps & { overrides?: Record<Verdict, readonly Override[]> }) {
  const choices = verdicts.map(({ value, label }) => {
    const against = overrides?.[value] ?? [];
    const note = against.length > 0 ? `against the ${against.join(' and the ')}` : undefined;
    return { value, label, note };
  });
  return (
    <div className="group/decide grid gap-3">
      <HiddenFacts intent="decide" {...facts} />
      <RadioGroup
        legend="Decision"
        name="verdict"
        choices={choices}
        defaultValue={typedValue(typed, 'verdict')}
        error={errors.verdict}
      />
      <div className="hidden group-has-[[value=CONDITIONAL\_GO]:checked]/decide:block">
        <ConditionRows typed={typed} errors={errors} />
      </div>
      <TextAreaField
        name="reason"
        label="Reason"
        hint="Needed where the decision goes against the band, a knock-out or the recommendation."
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
        most={4000}
      />
    </div>
  );
}
