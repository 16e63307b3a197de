import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';

/** A labelled text of several lines; every other property goes to the `<textarea>`. */
export function TextAreaField({
  label,
  error,
  hint,
  className,
  id: given,
  ...textarea
}: FieldText & ComponentProps<'textarea'> & { name: string }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  return (
    <div className={clsx('grid content-start gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <textarea
        rows={3}
        {...textarea}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className={controlLook}
      />
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
