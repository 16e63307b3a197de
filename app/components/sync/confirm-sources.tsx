import { Form } from '@remix-run/react';
import { lookedName, sourceName, treatmentName } from '#app/domain/accept-fields-form.ts';
import type { MappedField } from '#app/domain/crm-fields.ts';
import { listed } from '#app/domain/listed.ts';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import { formatCount } from '#app/lib/format.ts';
import type { CountedValue, StandInSample } from '#app/models/stand-in-sample.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { CheckboxField } from '#app/components/ui/checkbox-field.tsx';

/** A column that is to be read from another attribute, with what that one holds. */
export interface Looking {
  field: MappedField;
  /** The attribute that vanished. */
  attribute: string;
  source: string;
  sample: StandInSample;
}

interface Props {
  runId: string;
  looking: Looking[];
  typed: Typed;
  errors: FieldErrors;
}

/** Shows what would be written into whole columns before it is, and asks for a look at each. */
export function ConfirmSources({ runId, looking, typed, errors }: Props) {
  const emptied = (typed.field ?? []).filter(
    (name) => typedValue(typed, treatmentName(name)) === 'LEAVE_EMPTY',
  );
  return (
    <Card title={`Run ${runId} is held: look at the values first`}>
      <Form method="post" className="grid gap-4">
        <Kept typed={typed} />
        <p className="max-w-prose text-muted">
          Nothing has changed yet. If you go on, a full sync follows at once and writes what stands
          on the left into the column on the right.
        </p>
        {looking.map((each) => (
          <Look key={each.attribute} each={each} error={errors[lookedName(each.attribute)]} />
        ))}
        {emptied.length > 0 ? (
          <p className="max-w-prose">
            {listed(emptied)}: left empty. Nothing comes in for it until the rule is withdrawn.
          </p>
        ) : null}
        <p className="max-w-prose wrap-anywhere text-muted">
          Reason: <bdi>{typedValue(typed, 'reason')}</bdi>
        </p>
        <div className="flex flex-wrap gap-2">
          <Button name="intent" value="confirm" variant="primary">
            Write {listed(looking.map(({ field }) => field.name))} anew
          </Button>
          <Button name="intent" value="change" formNoValidate>
            Change the choice
          </Button>
        </div>
      </Form>
    </Card>
  );
}

/** What was chosen and typed before, sent along. */
function Kept({ typed }: { typed: Typed }) {
  const names = [
    'run',
    'reason',
    ...(typed.field ?? []).flatMap((one) => [treatmentName(one), sourceName(one)]),
  ];
  return (
    <>
      {(typed.field ?? []).map((name) => (
        <input key={name} type="hidden" name="field" value={name} />
      ))}
      {names.map((name) => (
        <input key={name} type="hidden" name={name} value={typedValue(typed, name)} />
      ))}
    </>
  );
}

function Look({ each, error }: { each: Looking; error: string | undefined }) {
  const { field, attribute, source, sample } = each;
  const { present, written, filled } = sample;
  return (
    <section className="grid max-w-4xl gap-3 rounded-md border p-3">
      <h3 className="font-semibold wrap-anywhere">
        <code className="font-mono">{source}</code> in place of{' '}
        <code className="font-mono">{attribute}</code>
      </h3>
      <p className="max-w-prose">
        The column {field.name} would be written anew in{' '}
        <strong className="font-semibold">
          {formatCount(written)} of {formatCount(present)}
        </strong>{' '}
        present opportunities. It feeds {field.feeds}.
        {filled < written
          ? ` In ${formatCount(written - filled)} of them ${source} is empty, and so the column would be.`
          : null}
      </p>
      <div className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <Values
          title={`${source} holds`}
          note={`filled in ${formatCount(filled)} of ${formatCount(present)} records`}
          values={sample.sent}
        />
        <Values title={`The column ${field.name} holds now`} values={sample.held} />
      </div>
      <CheckboxField
        name={lookedName(attribute)}
        value={source}
        label={`I have looked at the values${filled === 0 ? '; there are none' : ''}`}
        required
        error={error}
      />
    </section>
  );
}

function Values({ title, note, values }: { title: string; note?: string; values: CountedValue[] }) {
  return (
    <div className="grid content-start gap-1">
      <h4 className="text-xs font-medium">
        {title} {note ? <span className="font-normal text-muted">({note})</span> : null}
      </h4>
      {values.length === 0 ? <p className="text-muted">Nothing in any of them.</p> : null}
      <ul className="divide-y empty:hidden">
        {values.map(({ value, count }) => (
          <li key={value} className="flex items-baseline justify-between gap-4 py-1">
            <bdi className="min-w-0 wrap-anywhere">{value}</bdi>
            <span className="text-xs whitespace-nowrap text-muted tabular-nums">
              in {formatCount(count)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
