import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';
import { LengthNote, lengthNoteId, useTypedLength } from './length-note.tsx';

/**
 * A labelled input of several lines; every other property goes to the `<textarea>`. Its limit is told, not
 * enforced: a `maxLength` would cut what is pasted without a word.
 */
export function TextAreaField({
  label,
  error,
  hint,
  most,
  className,
  id: given,
  ...area
}: FieldText & Omit<ComponentProps<'textarea'>, 'maxLength'> & { name: string; most?: number }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  const { length, counted } = useTypedLength<HTMLTextAreaElement>(area.defaultValue);
  return (
    <div className={clsx('relative grid content-start gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <textarea
        rows={3}
        {...area}
        {...counted}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={clsx(describedBy, lengthNoteId(id, length, most)) || undefined}
        className={clsx(controlLook, 'field-sizing-content max-h-80')}
      />
      {most ? <LengthNote id={id} length={length} most={most} /> : null}
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
