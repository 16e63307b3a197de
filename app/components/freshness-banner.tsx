import { Link } from '@remix-run/react';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { Freshness } from '#app/domain/freshness.ts';
import { SyncProgress } from './sync-progress.tsx';
import { useLiveSync } from './live-sync.tsx';
import { Moment, Span, useNow } from './time.tsx';

const looks: Record<Freshness['state'], { strip: string; dot: string }> = {
  'on-time': { strip: 'bg-surface', dot: 'bg-good' },
  late: { strip: 'bg-warning-soft', dot: 'bg-warning' },
  failed: { strip: 'bg-bad-soft', dot: 'bg-bad' },
  held: { strip: 'bg-warning-soft', dot: 'bg-warning' },
  never: { strip: 'bg-info-soft', dot: 'bg-info' },
};

/** One line under the bar on every page: how old the CRM data is, and whether that is as it should be. */
export function FreshnessBanner({ freshness, linked }: { freshness: Freshness; linked: boolean }) {
  const running = useLiveSync();
  const look = looks[running && freshness.state === 'never' ? 'on-time' : freshness.state];
  return (
    <section
      aria-label="Freshness of the CRM data"
      className={clsx('no-print border-b px-4 py-1.5 text-xs md:px-6', look.strip)}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5">
        <p className="flex min-w-0 items-center gap-2">
          <span
            aria-hidden
            className={clsx(
              'size-2 shrink-0 rounded-full',
              running ? 'animate-pulse bg-info' : look.dot,
            )}
          />
          <span>
            {running && freshness.state === 'never' ? (
              'First sync'
            ) : (
              <Words freshness={freshness} />
            )}
          </span>
        </p>
        {running ? <SyncProgress progress={running} /> : <Next freshness={freshness} />}
        {linked ? (
          <span className="ml-auto flex gap-4">
            {freshness.quarantined > 0 ? (
              <Link to="/sync/quarantine" className="link">
                {freshness.quarantined} in quarantine
              </Link>
            ) : null}
            {freshness.heldRun ? (
              <Link to={`/sync/runs/${freshness.heldRun}`} className="link">
                Review
              </Link>
            ) : (
              <Link to="/sync" className="link">
                Sync details
              </Link>
            )}
          </span>
        ) : null}
      </div>
    </section>
  );
}

function Words({ freshness }: { freshness: Freshness }): ReactNode {
  const { state, lastGood, note } = freshness;
  const lastError = ending(freshness.lastError);
  const failedSince = ending(freshness.failedSince);
  const asOf = lastGood ? (
    <>
      CRM data as of <When at={lastGood} /> (
      <Span from={lastGood} />)
    </>
  ) : (
    'No CRM data yet'
  );
  const before = note ? `${note} ` : '';
  switch (state) {
    case 'never':
      return `${before}No opportunities yet: ${note ? 'no sync has got through' : 'the first sync has not run'}.`;
    case 'late':
      return (
        <>
          {before}
          {asOf}. The sync is late.
        </>
      );
    case 'failed':
      return (
        <>
          The last sync failed{lastError}. {asOf}.
        </>
      );
    case 'held':
      return (
        <>
          A sync is held{lastError}
          {failedSince ? `; the last one since then failed${failedSince}` : ''}. {asOf}.
        </>
      );
    default:
      return note ? (
        <>
          {before}
          {asOf}.
        </>
      ) : (
        asOf
      );
  }
}

/** A reason as the end of a sentence that goes on. */
function ending(reason: string | null): string {
  return reason ? `: ${reason.replace(/\.$/, '')}` : '';
}

function Next({ freshness: { next } }: { freshness: Freshness }) {
  if (!next) return null;
  return (
    <p className="text-muted">
      Next sync <When at={next} /> (in <Span from={next} />)
    </p>
  );
}

/** Within 20 hours a time of day is enough to say which day is meant. */
function When({ at }: { at: Date }) {
  const near = Math.abs(useNow().getTime() - at.getTime()) < 20 * 3_600_000;
  return <Moment at={at} show={near ? 'time' : 'day-time'} />;
}
