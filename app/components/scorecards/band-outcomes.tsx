import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { adviceNames } from '#app/domain/scorecard-differences.ts';
import { typedPercent } from '#app/domain/scorecard-values.ts';
import type { BandCount } from '#app/domain/simulate.ts';
import { formatShare, leastForRate, winRate } from '#app/domain/wilson.ts';
import { formatCount } from '#app/lib/format.ts';

/** How many assessments fall into each band of the simulated scorecard, and how many of them were won. */
export function BandOutcomes({ bands }: { bands: BandCount[] }) {
  return (
    <>
      <Table caption="Bands of the simulated scorecard with what became of the opportunities in them">
        <thead>
          <tr>
            <Th>Band</Th>
            <Th>Speaks for</Th>
            <Th align="right">Assessments</Th>
            <Th align="right">Won</Th>
            <Th align="right">Lost</Th>
            <Th align="right">No sale</Th>
            <Th align="right">Open</Th>
            <Th>Won of won and lost</Th>
          </tr>
        </thead>
        <tbody>
          {bands.map(({ band, sheets, outcomes }) => (
            <Tr key={band?.code ?? ''}>
              <Td label="Band" className="font-medium">
                <span>
                  {band?.name ?? 'Knocked out'}
                  <span className="ml-1.5 text-xs font-normal text-muted">
                    {band ? `from ${typedPercent(band.from)} %` : 'whatever the score'}
                  </span>
                </span>
              </Td>
              <Td label="Speaks for">{adviceNames[band?.advice ?? 'NO_GO']}</Td>
              <Td label="Assessments" align="right" className="font-medium">
                {formatCount(sheets)}
              </Td>
              <Td label="Won" align="right">
                {formatCount(outcomes.won)}
              </Td>
              <Td label="Lost" align="right">
                {formatCount(outcomes.lost)}
              </Td>
              <Td label="No sale" align="right">
                {formatCount(outcomes.noSale)}
              </Td>
              <Td label="Open" align="right">
                {formatCount(outcomes.open)}
              </Td>
              <Td label="Won of won and lost">
                <WinRate outcomes={outcomes} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <p className="border-t px-4 py-2.5 text-xs text-muted">
        The range is the 95 % Wilson interval; a rate is shown from {leastForRate} won or lost on.
        What was advised against is seldom bid for, so its outcomes say little about the advice.
      </p>
    </>
  );
}

function WinRate({ outcomes }: { outcomes: BandCount['outcomes'] }) {
  const rate = winRate(outcomes);
  if (!rate.shown) {
    return (
      <span className="text-muted">
        {rate.closed} closed, {rate.needed} more needed
      </span>
    );
  }
  const [left, width] = [rate.low * 100, (rate.high - rate.low) * 100];
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 max-md:justify-end md:whitespace-nowrap">
      <span>
        <strong>{formatShare(rate.share)}</strong>{' '}
        <span className="text-xs text-muted">
          {formatShare(rate.low)} to {formatShare(rate.high)}, n = {formatCount(rate.closed)}
        </span>
      </span>
      <svg aria-hidden className="h-2.5 w-24">
        <rect y="2" width="100%" height="6" rx="3" className="fill-sunken" />
        <rect
          x={`${left}%`}
          y="2"
          width={`${width}%`}
          height="6"
          rx="3"
          className="fill-accent/40"
        />
        <rect x={`${rate.share * 100}%`} width="2" height="10" className="fill-accent" />
      </svg>
    </span>
  );
}
