import type { FlowField } from '#app/domain/sign-in-flow.ts';
import { FieldNotes, useFieldIds } from './ui/field.tsx';

/** An address that stands fast: to be read, and for a password manager to know whose password this is. */
export function SettledValue({ field }: { field: FlowField }) {
  const { id, describedBy } = useFieldIds(undefined, { error: field.error });
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {field.label}
      </label>
      <input
        type="text"
        id={id}
        name={field.name}
        value={field.value}
        readOnly
        autoComplete="username"
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy}
        className="w-full rounded-sm text-ellipsis text-muted"
      />
      <FieldNotes id={id} error={field.error} />
    </div>
  );
}

/** Codes to be written down, each of which works once. */
export function BackupCodes({ field }: { field: FlowField }) {
  return (
    <div className="grid gap-2">
      <p>{field.label}</p>
      <ol className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken p-3 font-mono text-sm">
        {field.codes?.map(({ text, used }, index) => (
          <li key={index} className={used ? 'text-muted' : undefined}>
            {text}
          </li>
        ))}
      </ol>
    </div>
  );
}
