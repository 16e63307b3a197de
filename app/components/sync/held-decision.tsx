import { Link } from '@remix-run/react';
import type { HeldCause } from '#app/domain/sync.ts';
import { plural } from '#app/lib/format.ts';
import type { HeldDecisionTaken } from '#app/models/held-decision.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** Who decided on a run that had been held, and why; `meaning` is what became of the data. */
export function HeldDecisionNotice({
  decision,
  cause,
  meaning,
}: {
  decision: HeldDecisionTaken;
  cause: HeldCause | null;
  meaning: string;
}) {
  const { at, reason } = decision;
  return (
    <Notice tone="neutral" title={titleOf(decision, cause)}>
      {reason ? (
        <q dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {reason}
        </q>
      ) : null}{' '}
      <span className="text-xs text-muted">
        <Moment at={at} />
      </span>
      {cause === 'FIELD_VANISHED' ? <Onward decision={decision} meaning={meaning} /> : null}
    </Notice>
  );
}

function titleOf({ did, by, count }: HeldDecisionTaken, cause: HeldCause | null): string {
  const counted = plural(count, 'opportunity', 'opportunities');
  if (did === 'accepted') return `Held, then closed: ${by} had the next sync go on`;
  if (did === 'released') return `Held, then released: ${by} had ${counted} marked as gone`;
  if (cause === 'FIELD_VANISHED') return `Held, then dropped by ${by}`;
  return `Held, then dropped: ${by} kept ${counted} as they are`;
}

/** What the run left behind, and where one goes on from it. */
function Onward({
  decision: { nextRun },
  meaning,
}: {
  decision: HeldDecisionTaken;
  meaning: string;
}) {
  return (
    <p className="pt-1">
      {meaning} See{' '}
      {nextRun ? (
        <>
          <Link to={`/sync/runs/${nextRun}`} className="link">
            run {nextRun}
          </Link>{' '}
          or{' '}
        </>
      ) : null}
      <Link to="/sync/fields" className="link">
        the Fields page
      </Link>
      .
    </p>
  );
}
