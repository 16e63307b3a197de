import { Form } from '@remix-run/react';
import { Button } from '#app/components/ui/button.tsx';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { standInRoles } from '#app/domain/mandate.ts';
import { standInWords } from '#app/domain/permission-words.ts';
import { awaitedWords } from '#app/domain/person-state.ts';
import { holderNames, roleNames } from '#app/domain/roles.ts';
import { absenceValue } from '#app/domain/stand-in-form.ts';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import type { StandInChoices } from '#app/models/stand-in-choice.server.ts';

/** Names a stand-in. Emptied once it is in the list, of which `count` is the length. */
export function StandInForm({
  choices: { absences, people },
  today,
  count,
  typed,
  errors = {},
}: {
  choices: StandInChoices;
  today: string;
  count: number;
  typed?: Typed;
  errors?: FieldErrors;
}) {
  const roles = standInRoles.filter((role) => absences.some((absence) => absence.role === role));
  return (
    <Form method="post" key={count} className="grid gap-3">
      <input type="hidden" name="intent" value="name" />
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[3fr_3fr_2fr_2fr_auto]">
        <SelectField
          name="absence"
          label="Who is away"
          defaultValue={typedValue(typed, 'absence')}
          error={errors.absence}
          required
        >
          {absences.length > 1 ? <option value="">Choose a person and role</option> : null}
          {absences.map((absence) => (
            <option key={absenceValue(absence)} value={absenceValue(absence)}>
              {absenceName(absence)}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="standInId"
          label="Who stands in"
          defaultValue={typedValue(typed, 'standInId')}
          error={errors.standInId}
          required
        >
          <option value="">Choose a person</option>
          {people.map(({ id, name, roles: held, awaited }) => (
            <option key={id} value={id}>
              {[name, ...held.map((role) => roleNames[role].toLowerCase())].join(', ')}
              {awaited ? ` (${awaitedWords})` : ''}
            </option>
          ))}
        </SelectField>
        <TextField
          type="date"
          name="from"
          label="First day"
          min={today}
          defaultValue={typedValue(typed, 'from') || today}
          error={errors.from}
          required
        />
        <TextField
          type="date"
          name="to"
          label="Last day"
          min={today}
          defaultValue={typedValue(typed, 'to')}
          error={errors.to}
          required
        />
        <Button variant="primary" className="sm:justify-self-start lg:mt-5">
          Name stand-in
        </Button>
      </div>
      <ul className="grid gap-0.5 text-xs text-muted">
        {roles.map((role) => (
          <li key={role}>
            For a {holderNames[role]}, a stand-in may {standInWords(role)}.
          </li>
        ))}
      </ul>
    </Form>
  );
}

function absenceName({ name, role, practices }: StandInChoices['absences'][number]): string {
  const of = role === 'PRACTICE_HEAD' && practices.length > 0 ? ` of ${practices.join(', ')}` : '';
  return `${name}, ${roleNames[role].toLowerCase()}${of}`;
}
