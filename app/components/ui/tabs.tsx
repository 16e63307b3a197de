import { Link } from '@remix-run/react';
import { clsx } from 'clsx';
import { formatCount } from '#app/lib/format.ts';

export interface Tab {
  to: string;
  name: string;
  count?: number;
  current: boolean;
}

/** The parts of a page, each under an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map(({ to, name, count, current }) => (
          <li key={to}>
            <Link
              to={to}
              aria-current={current ? 'page' : undefined}
              className={clsx(
                '-mb-px block border-b-2 px-3 py-2 whitespace-nowrap',
                current
                  ? 'border-accent font-semibold text-ink'
                  : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {name}
              {count === undefined ? null : (
                <span className="ml-1.5 text-xs">{formatCount(count)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
