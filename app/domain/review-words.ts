import type { Scorecard } from './scorecard.ts';
import { formatRating, standingOf, type Ratings } from './scoring.ts';
import { sensitivityOf, type Flip } from './sensitivity.ts';
import { flipSentence, sensitivityWords } from './sensitivity-words.ts';

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

/** The smaller of the two ways a sheet would flip, as a sentence; null where there is none. */
export function nearestFlip(card: Scorecard, ratings: Ratings): string | null {
  const sensitivity = sensitivityOf(card, ratings);
  if (!sensitivity) return null;
  const { up, down } = sensitivity;
  const words = sensitivityWords(card, standingOf(card, ratings), sensitivity);
  const nearest = !down || (up && lengthOf(up) <= lengthOf(down)) ? words.up : words.down;
  return typeof nearest === 'string' ? null : flipSentence(nearest);
}

function lengthOf({ steps }: Flip): number {
  return steps.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0);
}
