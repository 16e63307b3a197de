import { useId, type ReactNode } from 'react';

export interface FieldText {
  label: ReactNode;
  /** What is wrong with the value, said next to it and announced. */
  error?: ReactNode;
  hint?: ReactNode;
}

/** Ids that tie a control to its hint and its error. `given` wins over a generated one. */
export function useFieldIds(given: string | undefined, { error, hint }: Omit<FieldText, 'label'>) {
  const generated = useId();
  const id = given ?? generated;
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean);
  return { id, describedBy: described.length > 0 ? described.join(' ') : undefined };
}

/** The hint and the error under a control. */
export function FieldNotes({ id, error, hint }: Omit<FieldText, 'label'> & { id: string }) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      ) : null}
    </>
  );
}

/** How every one-line control looks. */
export const controlLook =
  'w-full min-h-9 rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink ' +
  'placeholder:text-muted aria-invalid:border-bad disabled:opacity-60';
