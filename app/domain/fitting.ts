import type { PastSheet, Simulation } from './simulate.ts';

/** Why a change must not be chosen for these figures alone; null where nothing warns. */
export function fittingWarning(
  simulation: Pick<Simulation<PastSheet>, 'compared' | 'outcomes' | 'flipOutcomes'>,
  criteria: number,
): { closed: number; closedFlips: number; needed: number } | null {
  const closed = simulation.outcomes.won + simulation.outcomes.lost;
  const closedFlips = simulation.flipOutcomes.won + simulation.flipOutcomes.lost;
  // The customary floor for weights chosen by looking at outcomes: ten outcomes a weight.
  const needed = criteria * 10;
  if (simulation.compared === 0 || closed >= needed) return null;
  return { closed, closedFlips, needed };
}
