import { scaled } from './decimal.ts';
import type { Band, Scorecard } from './scorecard.ts';
import type { Verdict } from './transitions.ts';

/** Ratings by criterion code, in half-steps from 0 to 10; null or absent is unanswered. */
export type Ratings = Readonly<Record<string, number | null | undefined>>;

/** How a sheet stands. Scores are tenths of a percent, exact: no rounding anywhere. */
export interface Standing {
  answered: number;
  criteria: number;
  /** What the answers given are worth: the least the whole can come to. */
  score: number;
  /** The most it can still come to; equals `score` once every criterion is answered. */
  reachable: number;
  /** Null while something is unanswered: unanswered is not the same as bad. */
  band: Band | null;
  /** Codes of the criteria whose rating forces a NO-GO. */
  knockOuts: string[];
}

/** How a sheet with these ratings stands on a scorecard. */
export function standingOf(card: Scorecard, ratings: Ratings): Standing {
  let [answered, score, reachable] = [0, 0, 0];
  const knockOuts: string[] = [];
  for (const { code, weight, knockOutBelow } of card.criteria) {
    const rating = ratings[code] ?? null;
    reachable += weight * (rating ?? 10);
    if (rating === null) continue;
    answered += 1;
    score += weight * rating;
    if (knockOutBelow !== null && rating < knockOutBelow) knockOuts.push(code);
  }
  const whole = answered === card.criteria.length;
  const band = whole ? bandOf(card, score) : null;
  return { answered, criteria: card.criteria.length, score, reachable, band, knockOuts };
}

/** The band a whole sheet's score falls into, knock-outs aside. */
export function bandOf(card: Scorecard, score: number): Band {
  const band = card.bands.find(({ from }) => score >= from);
  if (!band) throw new RangeError(`No band holds the score ${score}.`);
  return band;
}

/** What a whole sheet speaks for; a knock-out speaks louder than the score. */
export function adviceOf(standing: Standing): Band['advice'] | null {
  if (!standing.band) return null;
  return standing.knockOuts.length > 0 ? 'NO_GO' : standing.band.advice;
}

/** What a practice head recommends. */
export type Recommended = 'GO' | 'NO_GO' | 'CONDITIONAL';

export type Override = 'band' | 'knock-out' | 'recommendation';

/**
 * What a verdict goes against. A conditional GO goes with a band or recommendation that speaks for GO or
 * leaves it open, and against one that speaks for NO-GO. `band` and `recommendation` are null where there is none.
 */
export function overridesOf(input: {
  verdict: Verdict;
  band: Band | null;
  knockOuts: readonly string[];
  recommendation: Recommended | null;
}): Override[] {
  const { verdict, band, knockOuts, recommendation } = input;
  const against: Override[] = [];
  const bids = verdict !== 'NO_GO';
  if (band?.advice === (bids ? 'NO_GO' : 'GO') && (bids || knockOuts.length === 0)) {
    against.push('band');
  }
  if (bids && knockOuts.length > 0) against.push('knock-out');
  const recommended = recommendation === 'CONDITIONAL' ? 'CONDITIONAL_GO' : recommendation;
  if (recommended !== null && recommended !== verdict) against.push('recommendation');
  return against;
}

/** Whether a submitted sheet may be decided without a recommendation (the scorecard's fast track). */
export function takesFastTrack(
  card: Scorecard,
  standing: Standing,
  opportunity: { dealValue: string | null; currency: string | null },
): boolean {
  const { enabled, from, under } = card.fastTrack;
  const { dealValue, currency } = opportunity;
  if (!enabled || !standing.band || standing.knockOuts.length > 0 || standing.score < from)
    return false;
  const limit = currency === null ? undefined : under[currency];
  return limit !== undefined && dealValue !== null && scaled(dealValue) < scaled(limit);
}

/** A score in percent, as people read it: `87.5 %`. */
export function formatScore(score: number): string {
  return `${Math.trunc(score / 10)}.${score % 10} %`;
}

/** A rating as people read it: 7 half-steps are `3.5`. */
export function formatRating(halfSteps: number): string {
  return `${halfSteps >> 1}.${halfSteps % 2 ? 5 : 0}`;
}

/** Half-steps from what a person typed, `3.5` or `3`; undefined where it is no rating. */
export function parseRating(typed: string): number | null | undefined {
  const trimmed = typed.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^([0-4](\.[05])?|5(\.0)?)$/.test(trimmed) ? Number(trimmed) * 2 : undefined;
}
