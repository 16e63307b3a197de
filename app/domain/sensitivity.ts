import type { Band, Scorecard } from './scorecard.ts';
import { adviceOf, standingOf, type Ratings } from './scoring.ts';

/** One criterion's part in a flip, in half-steps. */
export interface Step {
  criterion: string;
  from: number;
  to: number;
}

export interface Flip {
  /** One change or a pair of them. */
  steps: Step[];
  band: Band;
  /** Whether a knock-out decides what is advised then. */
  knockedOut: boolean;
}

/** The smallest change that makes the sheet speak for something better, and for something worse. */
export interface Sensitivity {
  up: Flip | null;
  down: Flip | null;
}

interface Place {
  band: Band;
  rank: number;
  knockedOut: boolean;
}

/**
 * The smallest change of one rating, or of a pair where no single one does it or a pair needs fewer
 * half-steps in all, that moves a whole sheet to another band or into or out of a knock-out. Found by
 * trying all of them, so exact. Null while something is unanswered.
 */
export function sensitivityOf(card: Scorecard, ratings: Ratings): Sensitivity | null {
  const here = placeOf(card, ratings);
  if (!here) return null;
  return {
    up: smallest(card, ratings, 1, (place) => place.rank > here.rank),
    down: smallest(card, ratings, -1, (place) => place.rank < here.rank),
  };
}

function smallest(
  card: Scorecard,
  ratings: Ratings,
  direction: 1 | -1,
  flips: (place: Place) => boolean,
): Flip | null {
  const changes = card.criteria.map(({ code }) => stepsOf(code, ratings[code] ?? 0, direction));
  for (let size = 1; size <= 20; size++) {
    for (const steps of ofSize(changes, size)) {
      const changed = { ...ratings, ...Object.fromEntries(steps.map((s) => [s.criterion, s.to])) };
      const place = placeOf(card, changed);
      if (place && flips(place)) return { steps, band: place.band, knockedOut: place.knockedOut };
    }
  }
  return null;
}

/** Every single change, then every pair, of `size` half-steps in all. */
function* ofSize(changes: Step[][], size: number): Generator<Step[]> {
  for (const steps of changes) {
    const step = steps[size - 1];
    if (step) yield [step];
  }
  for (const [index, firsts] of changes.entries()) {
    for (const seconds of changes.slice(index + 1)) {
      for (let part = 1; part < size; part++) {
        const [first, second] = [firsts[part - 1], seconds[size - part - 1]];
        if (first && second) yield [first, second];
      }
    }
  }
}

/** All changes of one rating in one direction; the n-th is n half-steps long. */
function stepsOf(criterion: string, from: number, direction: 1 | -1): Step[] {
  const room = direction === 1 ? 10 - from : from;
  return Array.from({ length: room }, (_, index) => ({
    criterion,
    from,
    to: from + direction * (index + 1),
  }));
}

/** A sheet that is knocked out ranks below every band, whatever its score. */
function placeOf(card: Scorecard, ratings: Ratings): Place | null {
  const standing = standingOf(card, ratings);
  if (!standing.band) return null;
  const knockedOut = adviceOf(standing) === 'NO_GO' && standing.knockOuts.length > 0;
  const rank = knockedOut ? -1 : card.bands.length - card.bands.indexOf(standing.band);
  return { band: standing.band, rank, knockedOut };
}
