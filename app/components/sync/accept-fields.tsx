import { Form } from '@remix-run/react';
import { longestReason, sourceName, treatmentName } from '#app/domain/accept-fields-form.ts';
import type { MappedField } from '#app/domain/crm-fields.ts';
import type { DescribedNow } from '#app/domain/field-view.ts';
import { standInsFor } from '#app/domain/stand-in.ts';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { RadioGroup } from '#app/components/ui/radio-group.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';

/** A column that waits for a person, with the attribute that vanished. */
export interface WaitingField {
  field: MappedField;
  attribute: string;
  /** The type it had. */
  type: string | null;
}

interface Props {
  runId: string;
  waiting: WaitingField[];
  /** What can be read instead. */
  described: DescribedNow[];
  typed?: Typed;
  errors?: FieldErrors;
}

/** Asks, for each field that vanished, how the sync is to go on without it. */
export function AcceptFields({ runId, waiting, described, typed, errors = {} }: Props) {
  const vital = waiting.find(({ field }) => !field.dispensable);
  return (
    <Card title={`Run ${runId} is held: how to go on`}>
      <Form method="post" className="grid gap-4">
        <input type="hidden" name="run" value={runId} />
        <p className="max-w-prose text-muted">
          A field that is missing for a while needs no decision: the next full sync finds it again.
          What you choose here holds until the rule is withdrawn, and a full sync follows at once.
        </p>
        {vital ? (
          <p className="max-w-prose">
            Nothing can stand for <code className="font-mono text-xs">{vital.attribute}</code>,
            which feeds {vital.field.feeds}. Have it shown to our user in the CRM, then sync again.
          </p>
        ) : (
          waiting.map((each) => (
            <Choice
              key={each.attribute}
              each={each}
              described={described}
              typed={typed}
              errors={errors}
            />
          ))
        )}
        <TextAreaField
          name="reason"
          label="Reason"
          hint="Goes on record with your name, whichever you press."
          rows={2}
          most={longestReason}
          required
          defaultValue={typedValue(typed, 'reason')}
          error={errors.reason}
          className="max-w-2xl"
        />
        <div className="flex flex-wrap gap-2">
          {vital ? null : (
            <Button name="intent" value="accept" variant="primary">
              Go on like this
            </Button>
          )}
          <Button name="intent" value="drop">
            Drop the held run
          </Button>
        </div>
      </Form>
    </Card>
  );
}

function Choice({
  each: { field, attribute, type },
  described,
  typed,
  errors,
}: Required<Pick<Props, 'described' | 'errors'>> & { each: WaitingField; typed?: Typed }) {
  const { alike, other } = standInsFor(type, described);
  return (
    <div className="grid gap-3 rounded-md border p-3 lg:grid-cols-[auto_20rem] lg:justify-start lg:gap-x-6">
      <input type="hidden" name="field" value={attribute} />
      <RadioGroup
        legend={
          <>
            <code className="font-mono">{attribute}</code>: {field.name}, which feeds {field.feeds}
          </>
        }
        name={treatmentName(attribute)}
        defaultValue={typedValue(typed, treatmentName(attribute))}
        error={errors[treatmentName(attribute)]}
        choices={[
          {
            value: 'LEAVE_EMPTY',
            label: 'Leave it empty',
            note: 'nothing comes in for it until the rule is withdrawn',
          },
          {
            value: 'READ_FROM',
            label: 'Read from another field',
            note: 'choose which one; its values are shown before anything is written',
          },
        ]}
      />
      <SelectField
        name={sourceName(attribute)}
        label={`Read instead of ${attribute}`}
        defaultValue={typedValue(typed, sourceName(attribute))}
        error={errors[sourceName(attribute)]}
      >
        <option value="">None chosen</option>
        <Options label={`Of the same type, ${type ?? 'unknown'}`} attributes={alike} />
        <Options label="Of another type" attributes={other} />
      </SelectField>
    </div>
  );
}

function Options({ label, attributes }: { label: string; attributes: DescribedNow[] }) {
  if (attributes.length === 0) return null;
  return (
    <optgroup label={label}>
      {attributes.map(({ name, type }) => (
        <option key={name} value={name}>
          {name} ({type})
        </option>
      ))}
    </optgroup>
  );
}
