import type { Band } from '#app/domain/scorecard.ts';
import type { Tone } from './ui/badge.tsx';

/** How what a band speaks for looks, the same on every page. */
export const adviceTones: Record<Band['advice'], Tone> = {
  GO: 'good',
  EITHER: 'warning',
  NO_GO: 'bad',
};
