import { ChevronDown } from 'lucide-react';
import { clsx } from 'clsx';
import { formatCount } from '#app/lib/format.ts';
import type { Filter } from '#app/lib/opportunity-links.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { usePopover } from '#app/components/use-popover.ts';

/**
 * One filter: its values with how many rows each would list. `chosen` is what is ticked now, which may be
 * ahead of the page while the answer is on its way.
 */
export function FilterPopover({
  filter: { parameter, label, options },
  chosen,
  onChange,
}: {
  filter: Filter;
  chosen: readonly string[];
  onChange: (parameter: string, value: string, on: boolean) => void;
}) {
  const popover = usePopover();
  return (
    <details ref={popover} name="filter" className="group relative">
      <summary
        className={clsx(
          'flex min-h-9 items-center gap-1.5 rounded-md border px-3 font-medium whitespace-nowrap max-md:px-2.5 max-md:text-xs',
          chosen.length > 0
            ? 'border-accent bg-accent-soft text-accent'
            : 'border-line-strong/60 bg-surface hover:bg-sunken',
        )}
      >
        {label}
        {chosen.length > 0 ? (
          <span aria-label={`${chosen.length} chosen`}>· {chosen.length}</span>
        ) : null}
        <ChevronDown aria-hidden className="size-4 opacity-70 group-open:rotate-180" />
      </summary>
      <fieldset className="z-30 rounded-lg border bg-raised p-1.5 shadow-pop max-md:fixed max-md:inset-x-3 max-md:bottom-3 md:absolute md:left-0 md:mt-1.5 md:w-72">
        <legend className="sr-only">{label}</legend>
        <ul className="max-h-80 overflow-y-auto">
          {options.length === 0 ? (
            <li className="px-2 py-1.5 text-muted">Nothing to choose from.</li>
          ) : null}
          {options.map((option) => (
            <li key={option.value}>
              <label className="flex items-start gap-2.5 rounded px-2 py-1.5 hover:bg-sunken">
                <input
                  type="checkbox"
                  name={parameter}
                  value={option.value}
                  checked={chosen.includes(option.value)}
                  onChange={(event) => onChange(parameter, option.value, event.target.checked)}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                <bdi className="min-w-0 grow break-words">{option.label}</bdi>
                <span className="text-muted">{formatCount(option.count)}</span>
              </label>
            </li>
          ))}
        </ul>
        <noscript>
          <div className="border-t p-1.5">
            <Button variant="primary" size="small" className="w-full">
              Apply
            </Button>
          </div>
        </noscript>
      </fieldset>
    </details>
  );
}
