import { Link } from '@remix-run/react';
import { Span } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import type { Freshness } from '#app/domain/freshness.ts';
import { listOfStates } from '#app/domain/work-words.ts';
import { workflowStatuses } from '#app/domain/workflow.ts';
import { formatCount, formatDecimal } from '#app/lib/format.ts';
import type { PipelineLine } from '#app/models/worklist-outcomes.server.ts';

const open = listOfStates(workflowStatuses.filter((state) => state !== 'CLOSED_IN_CRM'));

const states: Record<Freshness['state'], { tone: Tone; name: string }> = {
  'on-time': { tone: 'good', name: 'On time' },
  late: { tone: 'warning', name: 'Late' },
  failed: { tone: 'bad', name: 'Last sync failed' },
  held: { tone: 'warning', name: 'Sync held' },
  never: { tone: 'info', name: 'Never synced' },
};

/** What is open and worth what, currency by currency, and whether the copy can be trusted. */
export function PipelineCard({
  lines,
  freshness,
}: {
  lines: PipelineLine[];
  freshness: Freshness | null;
}) {
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  const without = lines.reduce((sum, line) => sum + line.withoutAmount, 0);
  const unlikely = lines.reduce((sum, line) => sum + line.withoutProbability, 0);
  return (
    <Card
      title="Open pipeline"
      actions={
        <Link to={open} className="text-xs link">
          {formatCount(count)} open
        </Link>
      }
    >
      <div className="grid gap-3">
        {freshness ? <Trust freshness={freshness} /> : null}
        {count === 0 ? (
          <p className="text-muted">No opportunity is open in the CRM, as far as BQS knows.</p>
        ) : (
          <table className="w-full text-right">
            <caption className="sr-only">Amounts by currency</caption>
            <thead className="text-xs text-muted">
              <tr>
                <th scope="col" className="pb-1 text-left font-medium">
                  Currency
                </th>
                <th scope="col" className="pb-1 font-medium">
                  Amount
                </th>
                <th scope="col" className="pb-1 pl-3 font-medium">
                  × CRM win probability
                </th>
              </tr>
            </thead>
            <tbody>
              {lines
                .filter(({ amount }) => amount !== null)
                .map(({ currency, amount, weighted }) => (
                  <tr key={currency ?? ''}>
                    <th scope="row" className="text-left font-normal">
                      {currency ?? 'no currency'}
                    </th>
                    <td className="font-semibold">{formatDecimal(amount ?? '')}</td>
                    <td className="pl-3">{weighted === null ? '–' : formatDecimal(weighted)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
        {without + unlikely > 0 ? (
          <p className="text-xs text-muted">
            {[
              without > 0 ? `${formatCount(without)} without amount` : null,
              unlikely > 0 ? `${formatCount(unlikely)} not weighted: no win probability` : null,
            ]
              .filter(Boolean)
              .join('; ')}
            . Currencies are never added up.
          </p>
        ) : null}
      </div>
    </Card>
  );
}

function Trust({ freshness: { state, lastGood, quarantined } }: { freshness: Freshness }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      <Badge tone={states[state].tone}>{states[state].name}</Badge>
      {lastGood ? (
        <span>
          CRM data <Span from={lastGood} /> old
        </span>
      ) : null}
      {quarantined > 0 ? <span>{formatCount(quarantined)} in quarantine</span> : null}
      {state === 'held' || quarantined > 0 ? (
        <Link to="/sync" className="link">
          Review
        </Link>
      ) : null}
    </p>
  );
}
