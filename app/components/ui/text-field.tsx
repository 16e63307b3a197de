import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { FieldNotes, controlLook, useFieldIds, type FieldText } from './field.tsx';
import { LengthNote, lengthNoteId, useTypedLength } from './length-note.tsx';

/**
 * A labelled input; every other property goes to the `<input>`. `most` is a limit that is told, where a
 * `maxLength` would cut what is pasted without a word.
 */
export function TextField({
  label,
  error,
  hint,
  most,
  className,
  id: given,
  ...input
}: FieldText & ComponentProps<'input'> & { name: string; most?: number }) {
  const { id, describedBy } = useFieldIds(given, { error, hint });
  const { length, counted } = useTypedLength<HTMLInputElement>(
    most ? input.defaultValue : undefined,
  );
  return (
    <div className={clsx('relative grid gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <input
        type="text"
        {...input}
        {...(most ? counted : {})}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={clsx(describedBy, lengthNoteId(id, length, most)) || undefined}
        className={controlLook}
      />
      {most ? <LengthNote id={id} length={length} most={most} /> : null}
      <FieldNotes id={id} error={error} hint={hint} />
    </div>
  );
}
