import type { Band, Scorecard } from './scorecard.ts';
import { adviceOf, standingOf, type Ratings } from './scoring.ts';
import type { Verdict } from './transitions.ts';

export type Advice = Band['advice'];
export const outcomes = ['won', 'lost', 'noSale', 'open'] as const;
/** What became of the opportunity in the CRM. */
export type Outcome = (typeof outcomes)[number];
export type OutcomeCounts = Record<Outcome, number>;

/** The latest submitted assessment of one opportunity. */
export interface PastSheet {
  scorecardId: string;
  ratings: Ratings;
  outcome: Outcome;
  /** What was decided on it; null where nothing was. */
  verdict: Verdict | null;
}

/** Where a sheet lands on a scorecard. */
export interface Place {
  score: number;
  band: Band;
  advice: Advice;
  knockOuts: string[];
}

/** One sheet on its own scorecard and on the draft; `after` is null where the draft asks for more. */
export interface Replay<S extends PastSheet> {
  sheet: S;
  before: Place;
  after: Place | null;
  /** Codes of the criteria that the draft asks and the sheet never answered. */
  missing: string[];
  flipped: boolean;
}

export interface FlipKind {
  from: Advice;
  to: Advice;
  sheets: number;
  outcomes: OutcomeCounts;
}

export interface BandCount {
  /** Null for the sheets that a knock-out turns away, whatever their score. */
  band: Band | null;
  sheets: number;
  outcomes: OutcomeCounts;
}

export interface Simulation<S extends PastSheet> {
  sheets: number;
  compared: number;
  notComparable: number;
  /** How many sheets lack which criterion of the draft. */
  missing: { criterion: string; sheets: number }[];
  outcomes: OutcomeCounts;
  flips: Replay<S>[];
  flipKinds: FlipKind[];
  flipOutcomes: OutcomeCounts;
  bands: BandCount[];
}

/** Replays past sheets on a draft. `cards` are the scorecards they were filled in on, by id. */
export function simulate<S extends PastSheet>(
  draft: Scorecard,
  cards: ReadonlyMap<string, Scorecard>,
  sheets: readonly S[],
): Simulation<S> {
  const replays = sheets.flatMap((sheet) => replay(draft, cards.get(sheet.scorecardId), sheet));
  const compared = replays.filter(({ after }) => after !== null);
  const flips = compared.filter(({ flipped }) => flipped);
  return {
    sheets: replays.length,
    compared: compared.length,
    notComparable: replays.length - compared.length,
    missing: missingOf(draft, replays),
    outcomes: outcomesOf(compared),
    flips,
    flipKinds: kindsOf(flips),
    flipOutcomes: outcomesOf(flips),
    bands: bandsOf(draft, compared),
  };
}

function replay<S extends PastSheet>(
  draft: Scorecard,
  own: Scorecard | undefined,
  sheet: S,
): Replay<S>[] {
  const before = own && placeOf(own, sheet.ratings);
  if (!before) return [];
  const missing = draft.criteria
    .map(({ code }) => code)
    .filter((code) => (sheet.ratings[code] ?? null) === null);
  const after = placeOf(draft, sheet.ratings);
  const flipped = after !== null && after.advice !== before.advice;
  return [{ sheet, before, after, missing, flipped }];
}

function placeOf(card: Scorecard, ratings: Ratings): Place | null {
  const standing = standingOf(card, ratings);
  const advice = adviceOf(standing);
  if (!standing.band || !advice) return null;
  return { score: standing.score, band: standing.band, advice, knockOuts: standing.knockOuts };
}

function missingOf(draft: Scorecard, replays: readonly Replay<PastSheet>[]) {
  return draft.criteria
    .map(({ code }) => ({
      criterion: code,
      sheets: replays.filter(({ missing }) => missing.includes(code)).length,
    }))
    .filter(({ sheets }) => sheets > 0);
}

function kindsOf(flips: readonly Replay<PastSheet>[]): FlipKind[] {
  const all: Advice[] = ['GO', 'EITHER', 'NO_GO'];
  const pairs = all.flatMap((from) => all.map((to) => ({ from, to })));
  return pairs
    .map(({ from, to }) => {
      const those = flips.filter((f) => f.before.advice === from && f.after?.advice === to);
      return { from, to, sheets: those.length, outcomes: outcomesOf(those) };
    })
    .filter(({ sheets }) => sheets > 0);
}

function bandsOf(draft: Scorecard, compared: readonly Replay<PastSheet>[]): BandCount[] {
  const out = (place: Place | null) => (place?.knockOuts.length ?? 0) > 0;
  const count = (band: Band | null): BandCount => {
    const those = compared.filter(({ after }) =>
      band === null ? out(after) : !out(after) && after?.band === band,
    );
    return { band, sheets: those.length, outcomes: outcomesOf(those) };
  };
  const knockedOut = draft.criteria.some(({ knockOutBelow }) => knockOutBelow !== null);
  return [...draft.bands.map(count), ...(knockedOut ? [count(null)] : [])];
}

function outcomesOf(replays: readonly Replay<PastSheet>[]): OutcomeCounts {
  const counts: OutcomeCounts = { won: 0, lost: 0, noSale: 0, open: 0 };
  for (const { sheet } of replays) counts[sheet.outcome] += 1;
  return counts;
}
