import { RadioGroup } from '#app/components/ui/radio-group.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { overrideWords } from '#app/domain/override-words.ts';
import type { Override, Recommended } from '#app/domain/scoring.ts';
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
 * `overrides` says of each verdict what it goes against, given what is `recommended`, so that nobody is told only afterwards.
 */
export function DecideFields({
  typed,
  errors = {},
  overrides,
  recommended,
  ...facts
}: QualificationFieldsProps & {
  overrides?: Record<Verdict, readonly Override[]>;
  recommended?: Recommended | null;
}) {
  const choices = verdicts.map(({ value, label }) => {
    const words = overrideWords(overrides?.[value] ?? [], { verdict: value, recommended });
    return { value, label, note: words || undefined };
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
        hint="Needed where the decision is not what was recommended, or goes against the band or a knock-out."
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
        most={4000}
      />
    </div>
  );
}
