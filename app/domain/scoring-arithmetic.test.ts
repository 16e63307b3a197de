import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRating, anySheet } from '#tests/factories/scorecard.ts';
import { formatRating, formatScore, parseRating, standingOf } from './scoring.ts';

describe('the score', () => {
  it('is what the arithmetic says, to the digit', () => {
    fc.assert(
      fc.property(anySheet(anyRating), ({ card, ratings }) => {
        const standing = standingOf(card, ratings);
        const given = card.criteria.filter(({ code }) => ratings[code] !== null);
        // A share of `weight` percent at h of 10 half-steps, in tenths of a percent, as whole numbers.
        const shares = given.map(({ code, weight }) => BigInt(weight) * BigInt(ratings[code] ?? 0));
        const open = card.criteria.filter(({ code }) => ratings[code] === null);
        const score = shares.reduce((sum, share) => sum + share, 0n);
        const most = open.reduce((sum, { weight }) => sum + BigInt(weight) * 10n, score);
        expect([BigInt(standing.score), BigInt(standing.reachable)]).toEqual([score, most]);
        expect(standing.answered).toBe(given.length);
      }),
    );
  });

  it('tells unanswered from bad: no band before the last answer, the lowest for all zeros', () => {
    fc.assert(
      fc.property(anySheet(anyRating), ({ card, ratings }) => {
        const whole = Object.values(ratings).every((rating) => rating !== null);
        expect(standingOf(card, ratings).band === null).toBe(!whole);
      }),
    );
    fc.assert(
      fc.property(anySheet(fc.constant(0)), ({ card, ratings }) => {
        expect(standingOf(card, ratings).band).toEqual(card.bands.at(-1));
      }),
    );
  });

  it('falls into the highest band that begins at or below it', () => {
    fc.assert(
      fc.property(anySheet(fc.integer({ min: 0, max: 10 })), ({ card, ratings }) => {
        const { band, score } = standingOf(card, ratings);
        const open = card.bands.filter(({ from }) => from <= score);
        expect(band?.from).toBe(Math.max(...open.map(({ from }) => from)));
      }),
    );
  });

  it('is written without rounding', () => {
    for (let score = 0; score <= 1000; score++) {
      const [whole, tenth, ...rest] = formatScore(score).replace(' %', '').split('.');
      expect([Number(whole) * 10 + Number(tenth), tenth?.length, rest]).toEqual([score, 1, []]);
    }
  });
});

describe('a rating', () => {
  it('is read as it is written', () => {
    for (let step = 0; step <= 10; step++) expect(parseRating(formatRating(step))).toBe(step);
  });

  it.each(['5.5', '2.3', '-1', '6', '0x2', '1e0', '٣', '3.', '.5', '3.50'])(
    'is not “%s”',
    (typed) => {
      expect(parseRating(typed)).toBeUndefined();
    },
  );

  it.each([
    ['', null],
    [' ', null],
    ['3', 6],
    ['3,5', 7],
  ])('“%s” is %s half-steps', (typed, halfSteps) => {
    expect(parseRating(typed)).toBe(halfSteps);
  });
});
