import { describe, expect, it } from 'vitest';
import { checkWords, judgeMissing, mostGone, noCounts } from './identity-check.ts';

describe('people who are missing in Ory', () => {
  it.each([
    [{ identities: 10, people: 10, missing: 0 }, 'nothing'],
    [{ identities: 0, people: 0, missing: 0 }, 'nothing'],
    [{ identities: 0, people: 1, missing: 1 }, 'empty'],
    [{ identities: 5, people: 10, missing: 5 }, 'confirm'],
    [{ identities: 4, people: 10, missing: 6 }, 'too-many'],
    [{ identities: 450, people: 500, missing: 50 }, 'confirm'],
    [{ identities: 449, people: 500, missing: 51 }, 'too-many'],
  ] as const)('%o: %s', (found, verdict) => {
    expect(judgeMissing(found)).toBe(verdict);
  });

  it('may be five, or a tenth where that is more', () => {
    expect([0, 49, 59, 60, 500].map(mostGone)).toEqual([5, 5, 5, 6, 50]);
  });
});

describe('a check in words', () => {
  it('names what it did and nothing else', () => {
    expect(checkWords(noCounts)).toBe('nothing had changed');
    expect(checkWords({ ...noCounts, identities: 9, missing: 3, changed: 1, gone: 2 })).toBe(
      '1 person changed, 2 people gone from Ory',
    );
  });
});
