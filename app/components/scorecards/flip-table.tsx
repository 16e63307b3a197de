import { adviceTones } from '#app/components/advice-tones.ts';
import { Link } from '@remix-run/react';
import { CrmText } from '#app/components/crm-value.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { adviceNames } from '#app/domain/scorecard-differences.ts';
import { formatScore } from '#app/domain/scoring.ts';
import type { Advice, Outcome } from '#app/domain/simulate.ts';
import type { Verdict } from '#app/domain/transitions.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';

export interface FlipPlace {
  score: number;
  band: string;
  advice: Advice;
  knockOuts: string[];
}

export interface FlipRow {
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  customer: string | null;
  outcome: Outcome;
  verdict: Verdict | null;
  before: FlipPlace;
  after: FlipPlace;
}

const outcomeNames: Record<Outcome, string> = {
  won: 'Won',
  lost: 'Lost',
  noSale: 'No sale',
  open: 'Open',
};

/** The opportunities whose assessment speaks for something else on the simulated scorecard. */
export function FlipTable({ flips }: { flips: FlipRow[] }) {
  return (
    <Table caption="Assessments that flip">
      <thead>
        <tr>
          <Th>Opportunity</Th>
          <Th>On its own scorecard</Th>
          <Th>On this one</Th>
          <Th>Decided</Th>
          <Th>In the CRM</Th>
        </tr>
      </thead>
      <tbody>
        {flips.map((flip) => (
          <Tr key={flip.remoteId}>
            <Td label="Opportunity" className="wrap-anywhere">
              <span>
                <Link
                  to={opportunityPath(flip)}
                  className="font-semibold underline-offset-2 hover:text-accent hover:underline"
                >
                  {flip.name === null ? 'Name not set in CRM' : <bdi>{flip.name}</bdi>}
                </Link>
                <span className="block text-xs text-muted">
                  <CrmText value={flip.customer} />
                </span>
              </span>
            </Td>
            <Td label="On its own scorecard">
              <Place place={flip.before} />
            </Td>
            <Td label="On this one">
              <Place place={flip.after} />
            </Td>
            <Td label="Decided">
              {flip.verdict ? (
                workflowStatusNames[flip.verdict]
              ) : (
                <span className="text-muted">not yet</span>
              )}
            </Td>
            <Td label="In the CRM">{outcomeNames[flip.outcome]}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Place({ place }: { place: FlipPlace }) {
  const { advice, score, band, knockOuts } = place;
  return (
    <span className="inline-grid justify-items-start gap-0.5 max-md:justify-items-end">
      <span className="whitespace-nowrap">
        <Badge tone={adviceTones[advice]}>{adviceNames[advice]}</Badge> {formatScore(score)}
      </span>
      <span className="text-xs text-muted">
        {knockOuts.length > 0 ? `knocked out by ${knockOuts.join(', ')}` : band}
      </span>
    </span>
  );
}
