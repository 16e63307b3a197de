import { SignedName } from '#app/components/signed-name.tsx';
import { Link } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { formatCount } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { readArchitectWork } from '#app/models/worklist.server.ts';
import { ClockBadge } from './clock-badge.tsx';
import { Marks, RowButton } from './row-answer.tsx';
import { ByClose, LeftOut, WorkCard, WorkItem } from './work-list.tsx';

/** An architect's three questions: what is mine, what changed, what came back. */
export function ArchitectWork({
  work: { sheets, stale, returned, unassigned },
  today,
}: {
  work: Awaited<ReturnType<typeof readArchitectWork>>;
  today: string;
}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
      <WorkCard
        title="Yours to fill in"
        total={sheets.total}
        empty={
          unassigned > 0
            ? `Nothing is assigned to you. ${formatCount(unassigned)} in your practices have no architect; a practice head assigns them.`
            : 'Nothing is assigned to you.'
        }
      >
        <ByClose
          list={sheets}
          today={today}
          item={(row) => (
            <WorkItem key={row.id} row={row} today={today} aside={<ClockBadge clock={row.clock} />}>
              <div className="flex flex-wrap items-center gap-2 text-xs">
                <Badge>
                  {row.criteria === null ? 'Not started' : `${row.answered}/${row.criteria} rated`}
                </Badge>
                {row.criteria === null ? (
                  <RowButton row={row} intent="start" label="Start" />
                ) : (
                  <Link to={`${opportunityPath(row)}/assess`} className="link">
                    Go on
                    <span className="sr-only"> with {row.name ?? row.remoteNumber}</span>
                  </Link>
                )}
              </div>
            </WorkItem>
          )}
        />
        <LeftOut shown={sheets.rows.length} total={sheets.total} />
      </WorkCard>
      <WorkCard
        title="Changed since you submitted"
        total={stale.total}
        empty="The CRM has not moved away from what you assessed."
      >
        {stale.rows.map((row) => (
          <WorkItem key={row.id} row={row} today={today}>
            <Marks marks={row.marks} />
            <div className="flex flex-wrap gap-2">
              <RowButton row={row} intent="still-holds" label="Still holds" />
              <RowButton row={row} intent="renew" label="Re-assess" />
            </div>
          </WorkItem>
        ))}
        <LeftOut shown={stale.rows.length} total={stale.total} />
      </WorkCard>
      <WorkCard
        title="Came back to you"
        total={returned.total}
        empty="Nothing was returned to you."
      >
        {returned.rows.map((row) => (
          <WorkItem key={row.id} row={row} today={today}>
            <blockquote className="border-l-2 border-warning pl-2 text-xs wrap-anywhere">
              {row.reason}
            </blockquote>
            <p className="text-xs text-muted">
              <SignedName name={row.by} />, <Moment at={row.at} />, on version {row.version}
            </p>
          </WorkItem>
        ))}
        <LeftOut shown={returned.rows.length} total={returned.total} />
      </WorkCard>
    </div>
  );
}
