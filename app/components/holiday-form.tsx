import { Form } from '@remix-run/react';
import { Button } from '#app/components/ui/button.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';

/** Adds a holiday. Emptied once it is in the list, of which `count` is the length. */
export function HolidayForm({
  count,
  typed,
  errors = {},
}: {
  count: number;
  typed?: Typed;
  errors?: FieldErrors;
}) {
  return (
    <Form method="post" key={count} className="flex flex-wrap items-start gap-2">
      <input type="hidden" name="intent" value="add-holiday" />
      <TextField
        type="date"
        name="day"
        label="Day"
        defaultValue={typedValue(typed, 'day')}
        error={errors.day}
        required
      />
      <TextField
        name="name"
        label="Name"
        defaultValue={typedValue(typed, 'name')}
        error={errors.name}
        maxLength={100}
        required
        className="min-w-48 grow"
      />
      <Button variant="primary" className="mt-5">
        Add holiday
      </Button>
    </Form>
  );
}
