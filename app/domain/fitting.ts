import type { PastSheet, Simulation } from './simulate.ts';
import { leastForRate } from './wilson.ts';

export interface FittingWarning {
  /** What there is too little of: closed opportunities at all, or among those that flip. */
  few: 'closed' | 'flips';
  closed: number;
  closedFlips: number;
  needed: number;
}

/** Why a change must not be chosen for these figures alone; null where nothing warns. */
export function fittingWarning(
  simulation: Pick<Simulation<PastSheet>, 'compared' | 'outcomes' | 'flipOutcomes'>,
  criteria: number,
): FittingWarning | null {
  const { compared, outcomes, flipOutcomes } = simulation;
  const closed = outcomes.won + outcomes.lost;
  const closedFlips = flipOutcomes.won + flipOutcomes.lost;
  // The customary floor for weights chosen by looking at outcomes: ten outcomes a weight.
  const needed = criteria * 10;
  if (compared > 0 && closed < needed) return { few: 'closed', closed, closedFlips, needed };
  const flips = Object.values(flipOutcomes).some((count) => count > 0);
  if (!flips || closedFlips >= leastForRate) return null;
  return { few: 'flips', closed, closedFlips, needed: leastForRate };
}
