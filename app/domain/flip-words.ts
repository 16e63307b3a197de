import type { Scorecard } from './scorecard.ts';
import { formatRating } from './scoring.ts';
import type { Flip, Sensitivity } from './sensitivity.ts';

/** What would make a sheet speak for something else, a sentence each way; empty where nothing does. */
export function flipWords(card: Scorecard, sensitivity: Sensitivity | null): string[] {
  if (!sensitivity) return [];
  const { up, down } = sensitivity;
  return [up && sentence(card, up), down && sentence(card, down)].filter((each) => each !== null);
}

function sentence(card: Scorecard, { steps, band, knockedOut }: Flip): string {
  const changes = steps.map(({ criterion, from, to }) => {
    const name = card.criteria.find(({ code }) => code === criterion)?.name ?? criterion;
    return `${name} at ${formatRating(to)} instead of ${formatRating(from)}`;
  });
  return `${changes.join(' and ')} ${knockedOut ? 'would knock it out' : `would make it “${band.name}”`}.`;
}
