import { Link } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';

export interface SinceLine {
  at: Date;
  by: string;
  what: string;
  note: string;
  /** The memo of a later decision. */
  to: string | null;
}

/** What has happened after the decision: outside the memo, and not covered by its hash. */
export function MemoSince({ lines }: { lines: SinceLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section
      aria-labelledby="memo-since"
      className="grid break-inside-avoid gap-2 rounded-lg border border-dashed border-line-strong px-5 py-4 md:px-10 print:px-4"
    >
      <h2 id="memo-since" className="font-semibold">
        Since then
      </h2>
      <p className="text-xs text-muted">
        Not part of the memo and not covered by its hash: what BQS knows today.
      </p>
      <ul className="grid gap-2">
        {lines.map(({ at, by, what, note, to }, index) => (
          <li key={index} className="wrap-anywhere">
            <span className="text-muted">
              <Moment at={at} /> · {by}:
            </span>{' '}
            {to ? (
              <Link to={to} className="link">
                {what}
              </Link>
            ) : (
              what
            )}
            {note ? <span className="block whitespace-pre-line text-muted">{note}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
