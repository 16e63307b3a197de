import { Form, Link, useLocation, useNavigate } from '@remix-run/react';
import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Chip, Filter } from '#app/lib/opportunity-links.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { FilterPopover } from './filter-popover.tsx';

const address = '/opportunities';

/**
 * Search and filters as one form whose answer is a URL. Without scripts a button sends it; with them a
 * tick does, and the page follows.
 */
export function FilterBar({
  filters,
  search,
  kept,
}: {
  filters: Filter[];
  search: string | null;
  /** Parameters that the form must not lose: the order. */
  kept: [name: string, value: string][];
}) {
  const { active, go } = useListParameters();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.value = search ?? '';
  }, [search]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    go((params) => params.set('q', input.current?.value.trim() ?? ''));
  }

  function toggle(parameter: string, value: string, on: boolean) {
    go((params) => {
      if (on) params.append(parameter, value);
      else params.delete(parameter, value);
    });
  }

  return (
    <Form
      method="get"
      action={address}
      onSubmit={submit}
      className="flex flex-wrap gap-2"
      role="search"
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="relative flex min-w-64 grow md:max-w-sm">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted"
        />
        <input
          ref={input}
          type="search"
          name="q"
          aria-label="Search name, account or number"
          placeholder="Name, account or number"
          defaultValue={search ?? ''}
          maxLength={300}
          className="min-h-9 w-full rounded-l-md border border-line-strong bg-surface py-1.5 pr-2 pl-8 placeholder:text-muted"
        />
        <Button className="rounded-l-none border-l-0 border-line-strong">Search</Button>
      </div>
      {filters.map((filter) => (
        <FilterPopover
          key={filter.parameter}
          filter={filter}
          chosen={active.getAll(filter.parameter)}
          onChange={toggle}
        />
      ))}
    </Form>
  );
}

/**
 * The list's parameters and a way to go on to changed ones. What was asked for counts at once, before the
 * page has followed, so that two ticks in a row add up and neither box jumps back.
 */
function useListParameters() {
  const here = useLocation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState({ from: '', search: '' });
  const active = new URLSearchParams(asked.from === here.key ? asked.search : here.search);
  function go(change: (params: URLSearchParams) => void) {
    const params = new URLSearchParams(active);
    params.delete('cursor');
    change(params);
    if (!params.get('q')) params.delete('q');
    const search = params.toString();
    setAsked({ from: here.key, search });
    void navigate({ pathname: address, search }, { preventScrollReset: true });
  }
  return { active, go };
}

/** The filters in force, each to be taken away by itself. */
export function FilterChips({ chips, clearHref }: { chips: Chip[]; clearHref: string }) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ label, value, href }) => (
        <li key={`${label} ${value}`}>
          <Link
            to={href}
            preventScrollReset
            className="flex max-w-80 items-center gap-1 rounded-full border border-transparent bg-accent-soft py-1 pr-2 pl-2.5 text-xs text-accent hover:border-accent"
          >
            <span className="sr-only">Remove the filter</span>
            <span className="truncate">
              {label}: <bdi className="font-semibold">{value}</bdi>
            </span>
            <X aria-hidden className="size-3.5 shrink-0" />
          </Link>
        </li>
      ))}
      <li>
        <Link to={clearHref} className="px-1.5 text-xs link" preventScrollReset>
          Clear all
        </Link>
      </li>
    </ul>
  );
}
