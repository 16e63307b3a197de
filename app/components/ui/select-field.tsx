import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';

/** A labelled `<select>`; its options are the children. */
export function SelectField({
  label,
  error,
  hint,
  className,
  id: given,
  children,
  ...select
}: FieldText & ComponentProps<'select'> & { name: string }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  return (
    <div className={clsx('grid gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <select
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={controlLook}
      >
        {children}
      </select>
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
