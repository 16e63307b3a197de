import { Form } from '@remix-run/react';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import type { Choice } from './person-holdings.tsx';
import { Button } from './ui/button.tsx';
import { CheckboxField } from './ui/checkbox-field.tsx';
import { TextField } from './ui/text-field.tsx';

/** Whom to invite and what they hold from the beginning; what was typed stays where it is refused. */
export function InvitationForm({
  roles,
  practices,
  typed,
  errors = {},
}: {
  roles: Choice[];
  practices: Choice[];
  typed?: Typed;
  errors?: FieldErrors;
}) {
  return (
    <Form method="post" className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        {[
          { name: 'first', label: 'First name' },
          { name: 'last', label: 'Last name' },
        ].map((field) => (
          <TextField
            key={field.name}
            {...field}
            maxLength={120}
            autoComplete="off"
            defaultValue={typedValue(typed, field.name)}
            error={errors[field.name]}
            required
          />
        ))}
        <TextField
          type="email"
          name="email"
          label="E-mail address"
          maxLength={320}
          autoComplete="off"
          defaultValue={typedValue(typed, 'email')}
          error={errors.email}
          className="sm:col-span-2"
          required
        />
      </div>
      <Choices
        legend="Roles"
        name="roles"
        choices={roles}
        typed={typed}
        error={errors.roles}
        none=""
      />
      <Choices
        legend="Practices"
        name="practices"
        choices={practices}
        typed={typed}
        error={errors.practices}
        none="There are no practices yet."
      />
      <div>
        <Button variant="primary">Invite</Button>
      </div>
    </Form>
  );
}

function Choices({
  legend,
  name,
  choices,
  typed,
  error,
  none,
}: {
  legend: string;
  name: string;
  choices: Choice[];
  typed?: Typed;
  error?: string;
  none: string;
}) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-xs font-medium">{legend}</legend>
      {choices.length === 0 ? <p className="text-muted">{none}</p> : null}
      <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {choices.map(({ value, label }) => (
          <CheckboxField
            key={value}
            name={name}
            value={value}
            label={label}
            defaultChecked={typed?.[name]?.includes(value) ?? false}
          />
        ))}
      </div>
      {error ? (
        <p role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
