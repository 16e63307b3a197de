import { describe, expect, it } from 'vitest';
import {
  countedAs,
  differingKinds,
  mostListed,
  previewKinds,
  previewSchema,
  repairableKinds,
  verdictOf,
} from './sync-preview.ts';

const none = previewSchema.parse({});

describe('what a run lists', () => {
  it('adds up to 10,000 records over all kinds', () => {
    expect(Object.values(mostListed).reduce((sum, most) => sum + most, 0)).toBe(10_000);
    expect(Object.keys(mostListed).sort()).toEqual([...previewKinds].sort());
  });

  it('is read from an empty column as nothing', () => {
    expect(previewSchema.parse({})).toEqual({
      new: 0,
      updated: 0,
      reappeared: 0,
      missing: 0,
      quarantined: 0,
      moved: 0,
      held: null,
      settled: false,
    });
  });

  it('can be repaired unless it cannot be read', () => {
    expect([...repairableKinds].sort()).toEqual(
      previewKinds.filter((kind) => kind !== 'QUARANTINED').sort(),
    );
  });
});

describe('the verdict', () => {
  it.each(previewKinds)('holds %s against the copy where it contradicts the source', (kind) => {
    const counts = { ...none, [countedAs[kind]]: 3 };
    const contradicts = (differingKinds as readonly string[]).includes(kind);
    expect(verdictOf({ counts, fetched: 10, unchanged: 7 })).toEqual({
      state: contradicts ? 'differs' : 'equal',
      differing: contradicts ? 3 : 0,
      equal: 7,
      moved: kind === 'MOVED' ? 3 : 0,
    });
  });

  it('of an empty answer is that nothing was sent, not that all is missing', () => {
    const counts = { ...none, missing: 2000 };
    expect(verdictOf({ counts, fetched: 0, unchanged: 0 }).state).toBe('nothing-sent');
    expect(verdictOf({ counts: none, fetched: 0, unchanged: 0 }).state).toBe('equal');
  });
});
