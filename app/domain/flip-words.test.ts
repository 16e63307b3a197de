import { describe, expect, it } from 'vitest';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import { sensitivityOf } from './sensitivity.ts';
import { flipWords } from './flip-words.ts';

const all = (rating: number) =>
  Object.fromEntries(defaultScorecard.criteria.map(({ code }) => [code, rating]));
const words = (ratings: Record<string, number>) =>
  flipWords(defaultScorecard, sensitivityOf(defaultScorecard, ratings));

describe('the sensitivity in words', () => {
  it('names what flips a sheet that stands on the edge of a band', () => {
    const [down] = words(all(7)).slice(-1);
    expect(down).toMatch(/ at \d\.\d instead of 3\.5 would make it “Consider”\.$/);
  });

  it('names a knock-out', () => {
    expect(words({ ...all(10), LEGAL: 3 }).at(-1)).toBe(
      'Legal and commercial readiness at 1.0 instead of 1.5 would knock it out.',
    );
  });

  it('says nothing of a sheet that is not whole', () => {
    expect(words({ STRAT: 5 })).toEqual([]);
  });
});
