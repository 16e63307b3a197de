import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, useFieldIds, type FieldText } from './field.tsx';

/** A checkbox with its label beside it. */
export function CheckboxField({
  label,
  error,
  hint,
  className,
  id: given,
  ...input
}: FieldText & ComponentProps<'input'> & { name: string }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  return (
    <div className={clsx('grid gap-1', className)}>
      <div className="flex items-start gap-2">
        <input
          {...input}
          type="checkbox"
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <label htmlFor={id} className="min-w-0 grow">
          {label}
        </label>
      </div>
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
