import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { FieldNotes, useFieldIds } from './field.tsx';

export interface Choice {
  value: string;
  label: ReactNode;
  /** Said under the label, of this choice alone. */
  note?: ReactNode;
}

/** One choice of a few, all of them in sight. */
export function RadioGroup({
  legend,
  name,
  choices,
  defaultValue,
  error,
  className,
}: {
  legend: ReactNode;
  name: string;
  choices: readonly Choice[];
  defaultValue?: string;
  error?: ReactNode;
  className?: string;
}) {
  const { id, describedBy } = useFieldIds(undefined, { error });
  return (
    <fieldset className={clsx('grid min-w-0 gap-1', className)} aria-describedby={describedBy}>
      <legend className="mb-1 text-xs font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map(({ value, label, note }) => (
          <label
            key={value}
            className="flex min-h-9 cursor-pointer items-start gap-2 rounded-md border border-line-strong bg-surface px-3 py-1.5 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="grid">
              <span className="font-medium">{label}</span>
              {note ? <span className="text-xs text-muted">{note}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes id={id} error={error} />
    </fieldset>
  );
}
