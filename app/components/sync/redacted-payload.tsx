import { plural } from '#app/lib/format.ts';
import type { RedactedRecord } from '#app/domain/redacted-record.ts';

/** The field that failed, and folded away the record as it was sent, personal data and secrets hidden. */
export function RedactedPayload({
  record: { offending, text, hidden, cut },
  open = false,
}: {
  record: RedactedRecord;
  open?: boolean;
}) {
  const notes = [
    hidden > 0 ? `${plural(hidden, 'value')} hidden or shortened` : null,
    cut ? 'cut, there is more of it' : null,
  ].filter((note) => note !== null);
  return (
    <div className="grid min-w-0 gap-1.5">
      {offending ? (
        <p className="min-w-0 font-mono text-xs break-all">
          <span className="text-muted">{offending.name}: </span>
          <bdi dir="ltr">{offending.value}</bdi>
        </p>
      ) : null}
      <details open={open}>
        <summary className="justify-self-start text-xs link">The record as it was sent</summary>
        <pre
          dir="ltr"
          className="mt-1.5 rounded-md bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap"
        >
          {text}
        </pre>
        {notes.length > 0 ? (
          <p className="mt-1 text-xs text-muted">
            {notes.join('; ')}. The quarantine keeps it whole.
          </p>
        ) : null}
      </details>
    </div>
  );
}
