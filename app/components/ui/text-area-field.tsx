import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';

/** A labelled input of several lines; every other property goes to the `<textarea>`. */
export function TextAreaField({
  label,
  error,
  hint,
  className,
  id: given,
  ...area
}: FieldText & ComponentProps<'textarea'> & { name: string }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  return (
    <div className={clsx('grid gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <textarea
        rows={3}
        {...area}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={clsx(controlLook, 'field-sizing-content max-h-80')}
      />
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
