import { Card } from '#app/components/ui/card.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { adviceNames, fastTrackWords, knockOutText } from '#app/domain/scorecard-differences.ts';
import { typedPercent } from '#app/domain/scorecard-values.ts';
import { reasonBands, type Criterion, type Scorecard } from '#app/domain/scorecard.ts';

/** A scorecard for reading. */
export function ScorecardView({ card }: { card: Scorecard }) {
  return (
    <div className="grid gap-4">
      <Card title="Criteria" flush>
        <Table caption="Criteria">
          <thead>
            <tr>
              <Th>Criterion</Th>
              <Th align="right">Weight</Th>
              <Th>Knock-out</Th>
              <Th>A 1 means</Th>
              <Th>A 3 means</Th>
              <Th>A 5 means</Th>
            </tr>
          </thead>
          <tbody>
            {card.criteria.map((criterion) => (
              <CriterionRow key={criterion.code} criterion={criterion} />
            ))}
          </tbody>
        </Table>
      </Card>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title="Bands" flush>
          <Table caption="Bands, the highest first">
            <thead>
              <tr>
                <Th>Band</Th>
                <Th align="right">From</Th>
                <Th>Speaks for</Th>
              </tr>
            </thead>
            <tbody>
              {card.bands.map(({ code, name, from, advice }) => (
                <Tr key={code}>
                  <Td label="Band" className="font-medium">
                    {name}
                  </Td>
                  <Td label="From" align="right">
                    {typedPercent(from)} %
                  </Td>
                  <Td label="Speaks for">{adviceNames[advice]}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </Card>
        <Card title="Fast track">
          <p>
            {card.fastTrack.enabled
              ? `Decided without a recommendation ${fastTrackWords(card)}.`
              : 'Off: every decision waits for a recommendation.'}
          </p>
        </Card>
      </div>
    </div>
  );
}

function CriterionRow({ criterion }: { criterion: Criterion }) {
  const { code, name, question, weight, anchors, reasons } = criterion;
  return (
    <Tr>
      <Td label="Criterion" className="md:w-72">
        <div>
          <span className="font-medium">{name}</span>{' '}
          <span className="text-xs text-muted">{code}</span>
          <span className="block text-xs text-muted">{question}</span>
          <details className="mt-1">
            <summary className="text-xs link">Reasons</summary>
            <dl className="mt-1 grid gap-1 text-xs">
              {reasonBands.map(({ key, label }) => (
                <div key={key}>
                  <dt className="text-muted">{label}</dt>
                  <dd>{reasons[key].join(' · ') || 'none'}</dd>
                </div>
              ))}
            </dl>
          </details>
        </div>
      </Td>
      <Td label="Weight" align="right" className="whitespace-nowrap">
        {weight} %
      </Td>
      <Td label="Knock-out" className="whitespace-nowrap">
        {knockOutText(criterion)}
      </Td>
      <Td label="A 1 means">{anchors.low}</Td>
      <Td label="A 3 means">{anchors.middle}</Td>
      <Td label="A 5 means">{anchors.high}</Td>
    </Tr>
  );
}
