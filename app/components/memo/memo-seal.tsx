import { ShieldAlert, ShieldCheck } from 'lucide-react';

export interface Seal {
  sha256: string;
  computed: string;
  state: 'matches' | 'altered' | 'misplaced';
}

const alarms = {
  altered: {
    title: 'This memo does not match its hash',
    text: 'Its text was changed after the decision. Do not rely on what it says: compare it with a copy that was printed or saved before, and tell whoever runs the database.',
  },
  misplaced: {
    title: 'This is not the memo of this decision',
    text: 'The text that is kept here belongs to another decision, or can no longer be read as a memo. Do not rely on it, and tell whoever runs the database.',
  },
};

/** Says loudly, above everything, that a memo is not what was frozen. */
export function SealAlarm({ seal }: { seal: Seal }) {
  if (seal.state === 'matches') return null;
  const { title, text } = alarms[seal.state];
  return (
    <div
      role="alert"
      className="flex gap-3 rounded-md border-4 border-bad bg-bad-soft px-4 py-4 text-bad print:border-black print:bg-white print:text-black"
    >
      <ShieldAlert aria-hidden className="mt-0.5 size-7 shrink-0" />
      <div className="grid min-w-0 gap-1">
        <p className="text-lg font-bold">{title}</p>
        <p className="text-ink">{text}</p>
      </div>
    </div>
  );
}

/** The hash at the foot of a memo, and whether it held when it was last taken. */
export function SealFooter({ seal, checkedAt }: { seal: Seal; checkedAt: string }) {
  const { sha256, computed, state } = seal;
  return (
    <footer className="grid break-inside-avoid gap-1.5 border-t-2 border-ink pt-3 text-xs">
      <p className="flex items-center gap-1.5 font-semibold">
        {state === 'matches' ? (
          <>
            <ShieldCheck aria-hidden className="size-4 text-good print:text-ink" />
            Matches its hash, taken anew {checkedAt}
          </>
        ) : (
          <span className="text-bad print:text-ink">{alarms[state].title}</span>
        )}
      </p>
      <p className="font-mono wrap-anywhere">SHA-256 {sha256}</p>
      {state === 'altered' ? (
        <p className="font-mono wrap-anywhere text-bad">Now it is {computed}</p>
      ) : null}
      <p className="text-muted">
        The hash is of the memo’s text as it was frozen in the transaction of the decision. Save
        memo.json and run <code className="font-mono">sha256sum</code> on it to see for yourself.
      </p>
    </footer>
  );
}
