import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';

/** A labelled input; every other property goes to the `<input>`. */
export function TextField({
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
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <input
        type="text"
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={controlLook}
      />
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
