import { Link } from '@remix-run/react';
import { clsx } from 'clsx';

/** What the two ways through a list are called. */
const words = {
  list: { first: 'First page', next: 'Next page' },
  /** A list that begins with what happened last. */
  past: { first: 'Newest', next: 'Older' },
};

/**
 * From one page of a list to the next, and back to its first; null where there is no such page. `inCard` is at
 * the foot of a card, ruled off from the list.
 */
export function Pager({
  label = 'Pages',
  of = 'list',
  first,
  next,
  inCard = false,
}: {
  label?: string;
  of?: keyof typeof words;
  first: string | null;
  next: string | null;
  inCard?: boolean;
}) {
  if (!first && !next) return null;
  return (
    <nav aria-label={label} className={clsx('flex gap-4', inCard && 'border-t px-4 py-2.5')}>
      {first ? (
        <Link to={first} className="link">
          {words[of].first}
        </Link>
      ) : null}
      {next ? (
        <Link to={next} className="link">
          {words[of].next}
        </Link>
      ) : null}
    </nav>
  );
}
