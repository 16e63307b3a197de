import { Form } from '@remix-run/react';
import { treatmentNames, type Treatment } from '#app/domain/mapping-rule.ts';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { RadioGroup } from '#app/components/ui/radio-group.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';

const notes: Record<Treatment, string> = {
  LEAVE_EMPTY: 'It reads “not set in CRM”.',
  AS_TEXT: 'What was sent stands there as it is written.',
  READ_FROM: 'The value comes from the one named below.',
};

/** How a field is to be read where it fails as the records of this group do. */
export function RuleForm({
  allowed,
  attributes,
  typed,
  errors = {},
}: {
  allowed: readonly Treatment[];
  attributes: string[];
  typed?: Typed;
  errors?: FieldErrors;
}) {
  return (
    <Form method="post" preventScrollReset className="grid min-w-0 gap-3">
      {errors.treatment ? (
        <Notice tone="bad" role="alert">
          {errors.treatment}
        </Notice>
      ) : null}
      <RadioGroup
        legend="Where the field cannot be read"
        name="treatment"
        defaultValue={typedValue(typed, 'treatment') || allowed[0]}
        choices={allowed.map((value) => ({
          value,
          label: treatmentNames[value],
          note: notes[value],
        }))}
      />
      {allowed.includes('READ_FROM') ? (
        <>
          <TextField
            name="source"
            label="The other field, if it is to be read"
            hint="By its name in the CRM, such as Amount_c"
            list="crm-attributes"
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            defaultValue={typedValue(typed, 'source')}
            error={errors.source}
          />
          <datalist id="crm-attributes">
            {attributes.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      ) : null}
      <TextAreaField
        name="reason"
        id="rule-reason"
        label="Why"
        rows={2}
        required
        most={2000}
        defaultValue={typedValue(typed, 'reason')}
        error={errors.reason}
      />
      <p className="text-xs text-muted">
        The rule holds from the next run on, for every record that fails so, until it is withdrawn.
      </p>
      <Button name="intent" value="add-rule" className="justify-self-start">
        Add the rule
      </Button>
    </Form>
  );
}
