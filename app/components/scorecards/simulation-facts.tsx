import { Notice } from '#app/components/ui/notice.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { adviceNames } from '#app/domain/scorecard-differences.ts';
import type { FittingWarning } from '#app/domain/fitting.ts';
import type { PastSheet, Simulation } from '#app/domain/simulate.ts';
import { formatCount, plural } from '#app/lib/format.ts';

export interface SimulationResult extends Omit<Simulation<PastSheet>, 'flips'> {
  flipped: number;
  warning: FittingWarning | null;
}

/** How many assessments speak for something else than before, and how far that can be trusted. */
export function SimulationFacts({ result }: { result: SimulationResult }) {
  const { sheets, compared, flipped, flipOutcomes: became, notComparable, missing } = result;
  return (
    <>
      {result.warning ? <Warning {...result.warning} /> : null}
      {notComparable > 0 ? (
        <Notice
          tone="info"
          title={`${plural(notComparable, 'assessment')} cannot be compared and ${notComparable === 1 ? 'is' : 'are'} left out`}
        >
          They never answered what this scorecard asks:{' '}
          {missing
            .map(({ criterion, sheets }) => `${criterion} (${formatCount(sheets)})`)
            .join(', ')}
          .
        </Notice>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4">
        <Stat
          label="Replayed"
          value={formatCount(compared)}
          note={`of ${plural(sheets, 'opportunity', 'opportunities')} with a submitted assessment`}
        />
        <Stat
          label="Flip"
          value={formatCount(flipped)}
          note={kindsOf(result) || 'nothing speaks for anything else'}
        />
        <Stat
          label="Won and lost among them"
          value={`${formatCount(became.won)} won · ${formatCount(became.lost)} lost`}
        />
        <Stat
          label="Not closed with either"
          value={`${formatCount(became.open)} open · ${formatCount(became.noSale)} no sale`}
          note="they say nothing about the change"
        />
      </dl>
    </>
  );
}

function kindsOf({ flipKinds }: SimulationResult): string {
  return flipKinds
    .map(
      ({ from, to, sheets }) => `${formatCount(sheets)} ${adviceNames[from]} → ${adviceNames[to]}`,
    )
    .join(', ');
}

function Warning({ few, closed, closedFlips, needed }: FittingWarning) {
  return few === 'closed' ? (
    <Notice tone="warning" title="Too few closed opportunities to choose weights by">
      {plural(closed, 'replayed opportunity is', 'replayed opportunities are')} won or lost,{' '}
      {formatCount(closedFlips)} of them among the flips. Weights that are chosen until these come
      out right fit these few and not the next ones; {formatCount(needed)} would be the least for as
      many weights as there are here. Change weights for a reason, and look here for what it would
      have done.
    </Notice>
  ) : (
    <Notice tone="warning" title="Too few closed flips to judge the change by">
      {closedFlips === 0 ? 'None' : `Only ${formatCount(closedFlips)}`} of those that flip{' '}
      {closedFlips === 1 ? 'is' : 'are'} won or lost: under {needed}, more won than lost among them
      is chance as easily as merit.
    </Notice>
  );
}
