import type { ReactNode } from 'react';

/** What single keys do while a criterion has the focus, and the switch to have them off. */
export function KeysHelp({ on, setOn }: { on: boolean; setOn: (on: boolean) => void }) {
  return (
    <div className="grid gap-1.5 text-xs text-muted max-lg:hidden">
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={on}
          onChange={({ target }) => setOn(target.checked)}
          className="size-4 accent-accent"
        />
        <span className="font-medium text-ink">Single-key shortcuts</span>
      </label>
      {on ? (
        <p className="leading-5">
          In a criterion: <Key>0</Key>–<Key>5</Key> rates, <Key>.</Key> adds a half, <Key>⌫</Key>{' '}
          clears, <Key>Tab</Key> next criterion, <Key>r</Key> reasons, <Key>n</Key> note,{' '}
          <Key>Esc</Key> from a note back to its rating.
        </p>
      ) : null}
    </div>
  );
}

function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-b-2 bg-sunken px-1 font-mono text-2xs text-ink">
      {children}
    </kbd>
  );
}
