import type { Scorecard } from './scorecard.ts';
import { formatRating, type Standing } from './scoring.ts';
import type { Flip, Sensitivity } from './sensitivity.ts';

/** One way a sheet would flip, ready to be read. */
export interface FlipWords {
  from: string;
  to: string;
  changes: { name: string; from: string; to: string }[];
}

export interface SensitivityWords {
  up: FlipWords | string;
  down: FlipWords | string;
}

const knockedOut = 'NO-GO by knock-out';

/** What a sheet speaks for, by name; null while something is unanswered. */
function placeName({ band, knockOuts }: Standing): string | null {
  if (!band) return null;
  return knockOuts.length > 0 ? knockedOut : band.name;
}

/** The sensitivity of a whole sheet in words, or why there is none in a direction. */
export function sensitivityWords(
  card: Scorecard,
  standing: Standing,
  { up, down }: Sensitivity,
): SensitivityWords {
  const from = placeName(standing) ?? '';
  const out = standing.knockOuts.length > 0;
  const highest = !out && standing.band === card.bands[0];
  return {
    up: up
      ? wordsOf(card, from, up)
      : highest
        ? `${from} is the highest band.`
        : `No change of one or two ratings lifts it out of ${from}.`,
    down: down
      ? wordsOf(card, from, down)
      : out
        ? 'A knock-out decides already; nothing is lower.'
        : `No change of one or two ratings takes it below ${from}.`,
  };
}

/** What would make a sheet speak for something else, a sentence each way; empty where nothing does. */
export function flipSentences(
  card: Scorecard,
  standing: Standing,
  sensitivity: Sensitivity | null,
): string[] {
  if (!sensitivity) return [];
  const { up, down } = sensitivityWords(card, standing, sensitivity);
  return [up, down].filter((words) => typeof words !== 'string').map(flipSentence);
}

/** A flip as one sentence: `Consider → Pursue if Win probability 3.0 → 4.0`. */
export function flipSentence({ from, to, changes }: FlipWords): string {
  const steps = changes.map((change) => `${change.name} ${change.from} → ${change.to}`);
  return `${from} → ${to} if ${steps.join(' and ')}`;
}

function wordsOf(card: Scorecard, from: string, flip: Flip): FlipWords {
  const changes = flip.steps.map((step) => ({
    name: card.criteria.find(({ code }) => code === step.criterion)?.name ?? step.criterion,
    from: formatRating(step.from),
    to: formatRating(step.to),
  }));
  return { from, to: flip.knockedOut ? knockedOut : flip.band.name, changes };
}
