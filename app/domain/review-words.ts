import type { Scorecard } from './scorecard.ts';
import { formatRating, type Ratings } from './scoring.ts';
import { sensitivityOf, type Flip } from './sensitivity.ts';

const mostGaps = 2;

/**
 * What to look at first in a sheet: where it moved most against the version before, or, without one, where
 * it is lowest.
 */
export function gapWords(card: Scorecard, ratings: Ratings, before: Ratings | null): string {
  const moves = card.criteria.map(({ code, name }) => {
    const [now, then] = [ratings[code] ?? 0, before?.[code] ?? null];
    return { name, now, then, by: then === null ? 0 : Math.abs(now - then) };
  });
  const moved = moves.filter(({ by }) => by > 0).sort((one, other) => other.by - one.by);
  if (moved.length > 0) {
    const words = moved.slice(0, mostGaps).map(({ name, now, then }) => {
      return `${name} ${formatRating(then ?? 0)} → ${formatRating(now)}`;
    });
    return `Moved since the last version: ${words.join(', ')}`;
  }
  const lowest = [...moves].sort((one, other) => one.now - other.now).slice(0, mostGaps);
  return `Lowest: ${lowest.map(({ name, now }) => `${name} ${formatRating(now)}`).join(', ')}`;
}

/** The smallest change that would make a sheet speak for something else; null where none would. */
export function flipWords(card: Scorecard, ratings: Ratings): string | null {
  const sensitivity = sensitivityOf(card, ratings);
  const nearest = [sensitivity?.up, sensitivity?.down]
    .filter((flip): flip is Flip => Boolean(flip))
    .sort((one, other) => lengthOf(one) - lengthOf(other))[0];
  if (!nearest) return null;
  const steps = nearest.steps.map(({ criterion, to }) => {
    const name = card.criteria.find(({ code }) => code === criterion)?.name ?? criterion;
    return `${name} at ${formatRating(to)}`;
  });
  const place = nearest.knockedOut ? 'a knock-out' : nearest.band.name;
  return `${place} with ${steps.join(' and ')}`;
}

function lengthOf({ steps }: Flip): number {
  return steps.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0);
}
