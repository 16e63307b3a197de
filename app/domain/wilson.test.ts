import { describe, expect, it } from 'vitest';
import { formatShare, wilson, winRate } from './wilson.ts';

describe('the Wilson interval', () => {
  it.each([
    [10, 20, '30 %', '70 %'],
    [15, 30, '33 %', '67 %'],
    [50, 100, '40 %', '60 %'],
    [0, 20, '0 %', '16 %'],
    [20, 20, '84 %', '100 %'],
  ])('of %d in %d is %s to %s', (successes, trials, low, high) => {
    const interval = wilson(successes, trials) ?? { low: NaN, high: NaN };
    expect([formatShare(interval.low), formatShare(interval.high)]).toEqual([low, high]);
  });

  it('of nothing is nothing', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('a win rate', () => {
  it('is hidden under 20 closed, with how many are missing', () => {
    expect(winRate({ won: 12, lost: 7 })).toEqual({ shown: false, won: 12, closed: 19, needed: 1 });
    expect(winRate({ won: 0, lost: 0 })).toMatchObject({ shown: false, needed: 20 });
  });

  it('is shown from 20 on, with its interval', () => {
    expect(winRate({ won: 10, lost: 10 })).toMatchObject({ shown: true, closed: 20, share: 0.5 });
  });
});
