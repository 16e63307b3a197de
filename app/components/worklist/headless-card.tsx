import { Link } from '@remix-run/react';
import { listOfStates, undecidedStatuses } from '#app/domain/work-words.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import type { HeadlessPractices } from '#app/models/headless-practice.server.ts';
import { LeftOut, WorkCard } from './work-list.tsx';

/** The practices that nobody heads, and the ways to mend it. Nothing where there are none. */
export function HeadlessCard({ headless }: { headless: HeadlessPractices }) {
  const { rows, total, opportunities } = headless;
  if (total === 0) return null;
  return (
    <WorkCard
      title="Practices without a head"
      total={total}
      empty=""
      lead={
        <>
          {opportunities === 1
            ? 'One undecided opportunity lies'
            : `${formatCount(opportunities)} undecided opportunities lie`}{' '}
          in a practice that nobody heads: nobody can recommend there. Make somebody a practice head
          on{' '}
          <Link to="/people" className="link">
            People
          </Link>
          , or{' '}
          <Link to="/people/invite" className="link">
            invite one
          </Link>
          .
        </>
      }
    >
      {rows.map((row) => (
        <li
          key={row.name}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 border-b px-4 py-2 last:border-b-0"
        >
          <bdi className="min-w-0 font-medium wrap-anywhere">{row.name}</bdi>
          <span className="flex flex-wrap gap-x-4 text-xs">
            <Link to={listOfStates(undecidedStatuses, [row.name])} className="link">
              {plural(row.opportunities, 'opportunity', 'opportunities')}
              <span className="sr-only"> of {row.name}</span>
            </Link>
            {row.known ? (
              <Link to="/people" className="link">
                Name a head<span className="sr-only"> for {row.name}</span>
              </Link>
            ) : (
              <Link
                to={`/people?${new URLSearchParams({ practice: row.name })}#practices`}
                className="link"
              >
                Add the practice<span className="sr-only"> {row.name}</span>
              </Link>
            )}
          </span>
        </li>
      ))}
      <LeftOut shown={rows.length} total={total} />
    </WorkCard>
  );
}
