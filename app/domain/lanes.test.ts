import { describe, expect, it } from 'vitest';
import { isWorthLanes, keptLane, lanesBetween, lowestCursor, readLanes } from './lanes.ts';

describe('the lanes of a walk', () => {
  it('cover every id once, whatever the splits are', () => {
    for (const splits of [[], [5n], [5n, 9n], [9n, 5n], [5n, 5n], [null, 7n, null], [0n], [-3n]]) {
      const lanes = lanesBetween(splits);
      expect(lanes[0]!.cursor).toBe(0n);
      expect(lanes.at(-1)!.upTo).toBeNull();
      for (const [at, { cursor, upTo }] of lanes.slice(0, -1).entries()) {
        expect(upTo! > cursor).toBe(true);
        expect(lanes[at + 1]!.cursor).toBe(upTo);
      }
    }
    expect(lanesBetween([3n, 8n], 5n)).toEqual([
      { cursor: 5n, upTo: 8n, done: false },
      { cursor: 8n, upTo: null, done: false },
    ]);
  });

  it('are committed up to where the first that is not done stands', () => {
    const lanes = lanesBetween([5n, 9n]);
    lanes[1]!.cursor = 7n;
    expect(lowestCursor(lanes)).toBe(0n);
    Object.assign(lanes[0]!, { cursor: 5n, done: true });
    expect(lowestCursor(lanes)).toBe(7n);
    Object.assign(lanes[1]!, { cursor: 9n, done: true });
    expect(lowestCursor(lanes)).toBe(9n);
    Object.assign(lanes[2]!, { cursor: 12n, done: true });
    expect(lowestCursor(lanes)).toBe(12n);
  });

  it('come back from JSON to the digit', () => {
    const lanes = lanesBetween([300_000_041_122_372_646n]);
    expect(readLanes(JSON.parse(JSON.stringify(lanes.map(keptLane))))).toEqual(lanes);
    expect(readLanes(null)).toBeNull();
    expect(() => readLanes([{ cursor: 5, upTo: null, done: false }])).toThrow();
  });

  it('are one where there are few pages', () => {
    expect(isWorthLanes(399, 100)).toBe(false);
    expect(isWorthLanes(400, 100)).toBe(true);
  });
});
