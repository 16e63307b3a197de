import { Link } from '@remix-run/react';
import { Card } from '#app/components/ui/card.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { formatShare, leastForRate, type Rate } from '#app/domain/wilson.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import type { readManagerWork } from '#app/models/worklist.server.ts';

/** Whether our GOs win, as far as enough of them are closed to say so. */
export function OutcomesCard({ work }: { work: Awaited<ReturnType<typeof readManagerWork>> }) {
  const { bidRate, outcomes } = work;
  const { bids, decided } = bidRate;
  return (
    <Card title="Do our GOs win?">
      <dl className="grid grid-cols-2 gap-4">
        <Stat
          label="Bid rate"
          value={
            bidRate.shown
              ? formatShare(bids / decided)
              : `${formatCount(bids)} of ${formatCount(decided)}`
          }
          note={
            bidRate.shown
              ? `${formatCount(bids)} GO of ${plural(decided, 'standing decision')}`
              : `${plural(decided, 'standing decision')}; needs ${leastForRate} to show a rate`
          }
        />
        <WinStat rate={work.winRate} />
        <Stat
          label="Overrides"
          value={formatCount(outcomes.overrides)}
          note={
            <Link to="/decisions?show=decided" className="link">
              standing decisions against band or recommendation
            </Link>
          }
        />
        <Stat
          label="Conditions to follow up"
          value={formatCount(outcomes.conditions.open)}
          note={
            <Link to="/decisions?show=conditions" className="link">
              {formatCount(outcomes.conditions.due)} due in 7 days,{' '}
              {formatCount(outcomes.conditions.overdue)} overdue
            </Link>
          }
        />
      </dl>
    </Card>
  );
}

function WinStat({ rate }: { rate: Rate }) {
  if (!rate.shown) {
    const words = `${formatCount(rate.closed)} closed; needs ${leastForRate} to show a rate`;
    return <Stat label="Win rate" value="–" note={words} />;
  }
  const words = `${formatShare(rate.low)} to ${formatShare(rate.high)} (95 %), of ${formatCount(rate.closed)} closed`;
  return <Stat label="Win rate" value={formatShare(rate.share)} note={words} />;
}
