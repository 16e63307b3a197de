import { Link } from '@remix-run/react';
import { useNow } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import type { SyncRun } from '#app/domain/freshness.ts';
import type { HeldDecisionTaken } from '#app/models/held-decision.server.ts';
import { endingOf, endingWords, type RunEnding } from '#app/domain/run-ending.ts';
import { HeldDecisionNotice } from './held-decision.tsx';

/** Where one goes on from an ending. */
const ways: Partial<Record<RunEnding, { to: string; name: string }>> = {
  partial: { to: '/sync/quarantine', name: 'Open the quarantine' },
  'held-field': { to: '/sync/fields', name: 'Open the fields' },
};

/** How a run ended in words: what happened, what it means for the data, what to do, or who decided. */
export function RunEndingNotice({
  run,
  decision,
}: {
  run: SyncRun;
  decision: HeldDecisionTaken | null;
}) {
  const ending = endingOf(run, useNow());
  const { name, tone, meaning, advice } = endingWords(ending, run.purpose);
  if (decision) {
    return <HeldDecisionNotice decision={decision} cause={run.heldCause} meaning={meaning} />;
  }
  if (!meaning) return run.waiting ? <Waiting words={run.waiting} /> : null;
  const way = ways[ending];
  return (
    <Notice tone={tone} title={name}>
      <div className="grid max-w-prose gap-1 pt-0.5">
        {run.errorMessage ? (
          <p dir="auto" className="wrap-anywhere">
            {run.errorMessage}
          </p>
        ) : null}
        <p>{meaning}</p>
        {advice ? (
          <p>
            <strong className="font-semibold">What to do:</strong> {advice}{' '}
            {way ? (
              <Link to={way.to} className="whitespace-nowrap link">
                {way.name}
              </Link>
            ) : null}
          </p>
        ) : null}
      </div>
    </Notice>
  );
}

function Waiting({ words }: { words: string }) {
  return (
    <Notice tone="warning" title="The run waits for the CRM">
      <p className="wrap-anywhere">{words}</p>
    </Notice>
  );
}

/** The same in a few words, for a list; the state of a run that went well says all there is. */
export function ShortEnding({ run }: { run: SyncRun }) {
  const ending = endingOf(run, useNow());
  if (['complete', 'partial', 'running', 'cancelled', 'cancelled-unread'].includes(ending))
    return null;
  return <>{endingWords(ending, run.purpose).name}</>;
}
