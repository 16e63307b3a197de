import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { BandOutcomes } from '#app/components/scorecards/band-outcomes.tsx';
import { FlipTable } from '#app/components/scorecards/flip-table.tsx';
import { ScorecardHeader } from '#app/components/scorecards/scorecard-header.tsx';
import { SimulationFacts } from '#app/components/scorecards/simulation-facts.tsx';
import { WhatIfForm } from '#app/components/scorecards/what-if-form.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { fittingWarning } from '#app/domain/fitting.ts';
import { simulate, type Replay } from '#app/domain/simulate.ts';
import { typedOf } from '#app/domain/typed-scorecard.ts';
import { whatIf } from '#app/domain/what-if.ts';
import { db } from '#app/lib/db.server.ts';
import { plural } from '#app/lib/format.ts';
import { idOf } from '#app/lib/posted-number.ts';
import { listPastSheets, type NamedSheet } from '#app/models/past-sheet.server.ts';
import { readDefinitions, readScorecard } from '#app/models/scorecard-list.server.ts';

const flipsShown = 200;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Simulate ${data?.card.name ?? 'a scorecard'} · BQS` },
];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:scorecards');
  const id = idOf(args.params.id);
  const found = id === null ? null : await readScorecard(db, id);
  if (!found) throw new Response('There is no such scorecard.', { status: 404 });
  const { searchParams } = new URL(args.request.url);
  const { definition: stored, ...card } = found;
  const asked = whatIf(card.name, stored, searchParams);
  const form = {
    typed: asked.typed,
    stored: typedOf(card.name, stored),
    varied: asked.varied,
    message: asked.message,
    errors: asked.errors,
    query: searchParams.toString(),
  };
  const page = { card: found, form, missing: [] as string[] };
  if (!asked.definition) return data({ ...page, result: null }, { status: 400 });
  const sheets = await listPastSheets(db);
  const cards = await readDefinitions(db, [...new Set(sheets.map((each) => each.scorecardId))]);
  const { flips, ...result } = simulate(asked.definition, cards, sheets);
  const warning = fittingWarning(result, asked.definition.criteria.length);
  const shown = flips.toSorted(mostTelling).slice(0, flipsShown).map(toRow);
  return { ...page, result: { ...result, warning, flipped: flips.length, flips: shown } };
}

/** Those the CRM has closed first, then those whose score moves most. */
function mostTelling(one: Replay<NamedSheet>, other: Replay<NamedSheet>): number {
  const closed = ({ sheet }: Replay<NamedSheet>) =>
    sheet.outcome === 'won' || sheet.outcome === 'lost' ? 0 : 1;
  const moved = ({ before, after }: Replay<NamedSheet>) =>
    Math.abs((after?.score ?? before.score) - before.score);
  return closed(one) - closed(other) || moved(other) - moved(one);
}

function toRow({ sheet, before, after }: Replay<NamedSheet>) {
  const { scorecardId: _card, ratings: _ratings, ...opportunity } = sheet;
  const place = ({ score, band, advice, knockOuts }: typeof before) => ({
    score,
    advice,
    knockOuts,
    band: band.name,
  });
  return { ...opportunity, before: place(before), after: place(after ?? before) };
}

export default function Simulate() {
  const { card, form, result } = useLoaderData<typeof loader>();
  return (
    <div className="grid max-w-[90rem] gap-4">
      <ScorecardHeader card={card} title={`Simulate “${card.name}”`} />
      <div className="grid items-start gap-4 xl:grid-cols-[25rem_minmax(0,1fr)]">
        <WhatIfForm key={form.query} card={card} form={form} />
        {result ? <Result result={result} /> : null}
      </div>
    </div>
  );
}

type Simulated = NonNullable<Awaited<ReturnType<typeof useLoaderData<typeof loader>>>['result']>;

function Result({ result }: { result: Simulated }) {
  if (result.sheets === 0) {
    return (
      <Card>
        <EmptyState
          title="No assessment has been submitted yet"
          action={<Link to="/opportunities">Opportunities</Link>}
        >
          The simulator replays the latest submitted assessment of every opportunity. It has
          something to say once there are some.
        </EmptyState>
      </Card>
    );
  }
  const first = result.flipped > result.flips.length ? `, the first ${result.flips.length}` : '';
  return (
    <div className="grid min-w-0 gap-4">
      <SimulationFacts result={result} />
      <Card title="Where the assessments land, and what became of them" flush>
        <BandOutcomes bands={result.bands} />
      </Card>
      <Card title={`${plural(result.flipped, 'flip')}${first}`} flush={result.flipped > 0}>
        {result.flipped === 0 ? (
          <p className="text-muted">No assessment speaks for anything else than before.</p>
        ) : (
          <FlipTable flips={result.flips} />
        )}
      </Card>
    </div>
  );
}
