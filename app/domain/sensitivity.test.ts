import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeSheet } from '#tests/factories/sheet.ts';
import { anyRating, anySheet } from '#tests/factories/scorecard.ts';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import { ratingsOf } from './assessment.ts';
import type { Scorecard } from './scorecard.ts';
import { standingOf } from './scoring.ts';
import { flipSentence, sensitivityWords } from './sensitivity-words.ts';
import { sensitivityOf, type Flip } from './sensitivity.ts';

type Whole = Record<string, number>;
const sheets = anySheet(fc.integer({ min: 0, max: 10 })) as fc.Arbitrary<{
  card: Scorecard;
  ratings: Whole;
}>;

/** How good what a sheet speaks for is, worked out apart from the code under test. */
function rankOf(card: Scorecard, ratings: Whole): number {
  let score = 0;
  for (const { code, weight, knockOutBelow } of card.criteria) {
    if (knockOutBelow !== null && (ratings[code] ?? 0) < knockOutBelow) return -1;
    score += weight * (ratings[code] ?? 0);
  }
  return card.bands.filter(({ from }) => from <= score).length;
}

/** The fewest half-steps of any one or two changes, in whichever directions, that lead to a better or worse rank. */
function fewest(card: Scorecard, ratings: Whole, wanted: (rank: number) => boolean): number {
  const values = Array.from({ length: 11 }, (_, value) => value);
  let least = Infinity;
  for (const [index, { code: one }] of card.criteria.entries()) {
    for (const first of values) {
      for (const { code: other } of card.criteria.slice(index)) {
        for (const second of other === one ? [first] : values) {
          const changed = { ...ratings, [one]: first, [other]: second };
          const size = sizeOf(ratings, changed);
          if (size < least && wanted(rankOf(card, changed))) least = size;
        }
      }
    }
  }
  return least;
}

function sizeOf(before: Whole, after: Whole): number {
  return Object.keys(before).reduce(
    (sum, code) => sum + Math.abs((after[code] ?? 0) - (before[code] ?? 0)),
    0,
  );
}

function applied(ratings: Whole, flip: Flip): Whole {
  const changes = flip.steps.map(({ criterion, to }) => [criterion, to]);
  return { ...ratings, ...(Object.fromEntries(changes) as Whole) };
}

describe('the sensitivity of a sheet', () => {
  it('is the smallest change or pair that flips it, both ways: nothing smaller does', () => {
    fc.assert(
      fc.property(sheets, ({ card, ratings }) => {
        const here = rankOf(card, ratings);
        const found = sensitivityOf(card, ratings);
        const ways = [
          [found?.up, (rank: number) => rank > here],
          [found?.down, (rank: number) => rank < here],
        ] as const;
        for (const [flip, wanted] of ways) {
          const least = fewest(card, ratings, wanted);
          if (!flip) {
            expect(least).toBe(Infinity);
            continue;
          }
          const changed = applied(ratings, flip);
          expect(wanted(rankOf(card, changed))).toBe(true);
          expect([flip.steps.length <= 2, sizeOf(ratings, changed)]).toEqual([true, least]);
          for (const { criterion, from } of flip.steps) expect(from).toBe(ratings[criterion]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('names the band it leads to', () => {
    fc.assert(
      fc.property(sheets, ({ card, ratings }) => {
        const { up, down } = sensitivityOf(card, ratings) ?? { up: null, down: null };
        for (const flip of [up, down]) {
          if (!flip) continue;
          const { band, knockOuts } = standingOf(card, applied(ratings, flip));
          expect([flip.band, flip.knockedOut]).toEqual([band, knockOuts.length > 0]);
        }
      }),
    );
  });

  it('is unknown while something is unanswered', () => {
    fc.assert(
      fc.property(anySheet(anyRating), ({ card, ratings }) => {
        fc.pre(Object.values(ratings).includes(null));
        expect(sensitivityOf(card, ratings)).toBeNull();
      }),
    );
  });
});

describe('the sensitivity line', () => {
  const words = (halfSteps: number, changes: Record<string, number> = {}) => {
    const ratings = ratingsOf(completeSheet(halfSteps, changes).answers);
    const standing = standingOf(defaultScorecard, ratings);
    const found = sensitivityOf(defaultScorecard, ratings);
    if (!found) throw new Error('The sheet is not whole.');
    const { up, down } = sensitivityWords(defaultScorecard, standing, found);
    return [up, down].map((flip) => (typeof flip === 'string' ? flip : flipSentence(flip)));
  };

  it('says what would change, both ways', () => {
    expect(words(7, { WIN: 5 })).toEqual([
      'Consider → Pursue if Strategic fit 3.5 → 4.5',
      'Consider → NO-GO by knock-out if Legal and commercial readiness 3.5 → 1.0',
    ]);
  });

  it('says a pair where it takes two', () => {
    expect(words(6, { STRAT: 8, WIN: 5, LEGAL: 7, PROD: 3 })[0]).toBe(
      'Consider → Pursue if Strategic fit 4.0 → 4.5 and Win probability 2.5 → 5.0',
    );
  });

  it('says why there is nothing to say', () => {
    expect(words(10)[0]).toBe('Pursue is the highest band.');
    expect(words(10, { LEGAL: 0 })).toEqual([
      'NO-GO by knock-out → Pursue if Legal and commercial readiness 0.0 → 1.5',
      'A knock-out decides already; nothing is lower.',
    ]);
    expect(words(0)[0]).toBe(
      'NO-GO by knock-out → Decline if Legal and commercial readiness 0.0 → 1.5 and Product and service compliance 0.0 → 1.5',
    );
  });
});
