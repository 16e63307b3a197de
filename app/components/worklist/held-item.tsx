import { SignedName } from '#app/components/signed-name.tsx';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { formatDay } from '#app/lib/format.ts';
import type { Held } from '#app/models/hold-list.server.ts';
import { RowButton } from './row-answer.tsx';
import { WorkItem } from './work-list.tsx';

/** An opportunity on hold, resumed from the row. `returnTo` is the page it stands on. */
export function HeldItem({ row, today, returnTo }: { row: Held; today: string; returnTo: string }) {
  const runOut = row.until !== null && row.until <= today;
  return (
    <WorkItem
      row={row}
      today={today}
      aside={
        <Badge tone={runOut ? 'warning' : 'neutral'}>
          {runOut ? 'run out' : 'until'}{' '}
          {row.until === null ? 'somebody resumes it' : formatDay(row.until)}
        </Badge>
      }
    >
      {row.reason ? (
        <blockquote className="border-l-2 pl-2 text-xs wrap-anywhere">{row.reason}</blockquote>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-xs text-muted">
          put on hold by {row.by === null ? 'somebody' : <SignedName name={row.by} />}
          {row.at ? (
            <>
              , <Moment at={row.at} />
            </>
          ) : null}
        </p>
        <RowButton row={row} intent="resume" label="Resume" returnTo={returnTo} />
      </div>
    </WorkItem>
  );
}
