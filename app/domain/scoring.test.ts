import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultScorecard as card } from '../../prisma/default-scorecard.ts';
import { scorecardSchema } from './scorecard.ts';
import {
  formatRating,
  formatScore,
  overridesOf,
  parseRating,
  standingOf,
  takesFastTrack,
} from './scoring.ts';

const ratings = (halfSteps: number | null, changes: Record<string, number | null> = {}) => ({
  ...Object.fromEntries(card.criteria.map(({ code }) => [code, halfSteps])),
  ...changes,
});

describe('the default scorecard', () => {
  it('is one', () => expect(scorecardSchema.parse(card)).toEqual(card));
  it('has the weights of the design', () => {
    const weights = Object.fromEntries(card.criteria.map(({ code, weight }) => [code, weight]));
    expect(weights).toEqual({
      STRAT: 15,
      WIN: 15,
      FIN: 15,
      COMP: 10,
      FEAS: 10,
      CUST: 10,
      RISK: 10,
      LEGAL: 10,
      PROD: 5,
    });
  });
});

describe('a score', () => {
  it('is the exact sum of half-steps times weights, in tenths of a percent', () => {
    expect(standingOf(card, ratings(10))).toMatchObject({ score: 1000, band: { code: 'pursue' } });
    expect(standingOf(card, ratings(7))).toMatchObject({ score: 700, band: { code: 'pursue' } });
    expect(standingOf(card, ratings(7, { PROD: 6 }))).toMatchObject({
      score: 695,
      band: { code: 'consider' },
    });
  });

  it('tells unanswered from bad: no band, and the range it can still come to', () => {
    const one = standingOf(card, ratings(null, { STRAT: 10 }));
    expect(one).toMatchObject({ answered: 1, score: 150, reachable: 1000, band: null });
    expect(standingOf(card, ratings(0))).toMatchObject({ answered: 9, score: 0, reachable: 0 });
  });

  it('is knocked out by a low rating of legal or compliance, whatever the rest', () => {
    expect(standingOf(card, ratings(10, { LEGAL: 2 })).knockOuts).toEqual(['LEGAL']);
    expect(standingOf(card, ratings(10, { PROD: 3 })).knockOuts).toEqual([]);
    expect(standingOf(card, ratings(10, { PROD: 0, LEGAL: 0 })).knockOuts).toEqual([
      'LEGAL',
      'PROD',
    ]);
  });

  it('reads without rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (score) => {
        expect(Math.round(parseFloat(formatScore(score)) * 10)).toBe(score);
      }),
    );
  });
});

describe('a rating', () => {
  it.each(Array.from({ length: 11 }, (_, halfSteps) => halfSteps))(
    'of %i half-steps reads back',
    (halfSteps) => expect(parseRating(formatRating(halfSteps))).toBe(halfSteps),
  );
  it.each(['5.5', '2.3', '-1', '6', '1e0', '0x1', 'NaN', '3.50', '３'])('is not %s', (typed) =>
    expect(parseRating(typed)).toBeUndefined(),
  );
  it('may be left out', () => expect(parseRating(' ')).toBeNull());
});

describe('an override', () => {
  const [pursue, consider, decline] = card.bands;
  const bands = { pursue: pursue!, consider: consider!, decline: decline! };
  it.each([
    ['GO', 'pursue', [], 'GO', []],
    ['CONDITIONAL_GO', 'pursue', [], 'CONDITIONAL', []],
    ['NO_GO', 'pursue', [], 'GO', ['band', 'recommendation']],
    ['NO_GO', 'pursue', ['LEGAL'], 'NO_GO', []],
    ['GO', 'pursue', ['LEGAL'], 'GO', ['knock-out']],
    ['GO', 'consider', [], 'CONDITIONAL', ['recommendation']],
    ['NO_GO', 'consider', [], 'NO_GO', []],
    ['GO', 'decline', [], 'GO', ['band']],
    ['CONDITIONAL_GO', 'decline', ['LEGAL'], 'NO_GO', ['band', 'knock-out', 'recommendation']],
    ['GO', 'pursue', [], null, []],
  ] as const)(
    '%s on %s with knock-outs %j and recommendation %s: %j',
    (verdict, band, knockOuts, recommendation, against) =>
      expect(overridesOf({ verdict, band: bands[band], knockOuts, recommendation })).toEqual(
        against,
      ),
  );
});

describe('the fast track', () => {
  const fast = { ...card, fastTrack: { enabled: true, from: 700, under: { EUR: '100000' } } };
  const opportunity = { dealValue: '99999.99', currency: 'EUR' };
  const whole = standingOf(fast, ratings(8));
  it('takes what is complete, high, clean and under the amount of its currency', () =>
    expect(takesFastTrack(fast, whole, opportunity)).toBe(true));
  it.each([
    ['is off', card, whole, opportunity],
    ['is incomplete', fast, standingOf(fast, ratings(10, { PROD: null })), opportunity],
    ['scores too low', fast, standingOf(fast, ratings(6)), opportunity],
    ['is knocked out', fast, standingOf(fast, ratings(10, { LEGAL: 0 })), opportunity],
    ['has no amount', fast, whole, { dealValue: null, currency: 'EUR' }],
    ['has the amount', fast, whole, { dealValue: '100000', currency: 'EUR' }],
    ['is in another currency', fast, whole, { dealValue: '1', currency: 'USD' }],
    ['is in none', fast, whole, { dealValue: '1', currency: null }],
  ] as const)('takes none that %s', (_, on, standing, about) =>
    expect(takesFastTrack(on, standing, about)).toBe(false),
  );
});
