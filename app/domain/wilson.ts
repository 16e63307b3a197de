/** Fewer closed than this, and a rate says next to nothing: it is not shown. */
export const leastForRate = 20;

const z = 1.959964;

/** The 95 % Wilson interval of a proportion, as fractions from 0 to 1; null of nothing. */
export function wilson(successes: number, trials: number): { low: number; high: number } | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const middle = share + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const whole = 1 + (z * z) / trials;
  return {
    low: Math.max(0, (middle - reach) / whole),
    high: Math.min(1, (middle + reach) / whole),
  };
}

export type Rate =
  | { shown: true; won: number; closed: number; share: number; low: number; high: number }
  | { shown: false; won: number; closed: number; /** How many more must close. */ needed: number };

/** The win rate, won of won and lost, with its interval; hidden while it rests on too few. */
export function winRate({ won, lost }: { won: number; lost: number }): Rate {
  const closed = won + lost;
  const interval = wilson(won, closed);
  if (!interval || closed < leastForRate) {
    return { shown: false, won, closed, needed: leastForRate - closed };
  }
  return { shown: true, won, closed, share: won / closed, ...interval };
}

/** A fraction in whole percent, as precise as an interval deserves. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}
