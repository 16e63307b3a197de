import { describe, expect, it } from 'vitest';
import { nextWatermark, reasonToHold, waitingWords } from './sync.ts';

describe('the watermark', () => {
  const run = {
    from: new Date('2026-03-01T00:00:00Z'),
    maxSeen: new Date('2026-03-02T10:00:00Z'),
    startedAt: new Date('2026-03-02T12:00:00Z'),
    clockSkewMs: 0,
  };

  it.each([
    ['what was seen', {}, '2026-03-02T10:00:00.000Z'],
    [
      'the beginning of the run',
      { maxSeen: new Date('2026-03-02T12:30:00Z') },
      '2026-03-02T12:00:00.000Z',
    ],
    [
      'the beginning by a CRM clock that is behind',
      { maxSeen: new Date('2026-03-02T12:30:00Z'), clockSkewMs: -600_000 },
      '2026-03-02T11:50:00.000Z',
    ],
    [
      'the beginning by our clock where the CRM is ahead',
      { maxSeen: new Date('2026-03-02T12:30:00Z'), clockSkewMs: 600_000 },
      '2026-03-02T12:00:00.000Z',
    ],
    ['where it was, with nothing seen', { maxSeen: null }, '2026-03-01T00:00:00.000Z'],
    [
      'where it was, with older rows seen',
      { maxSeen: new Date('2026-02-01T00:00:00Z') },
      '2026-03-01T00:00:00.000Z',
    ],
  ])('moves to %s', (_name, changes, expected) => {
    expect(nextWatermark({ ...run, ...changes })?.toISOString()).toBe(expected);
  });

  it('stays unset while nothing was ever seen', () => {
    expect(nextWatermark({ ...run, from: null, maxSeen: null })).toBeNull();
  });
});

describe('holding a sweep', () => {
  it.each([
    [{ missing: 0, live: 0, fetched: 0 }, false],
    [{ missing: 20, live: 30, fetched: 10 }, false],
    [{ missing: 21, live: 30, fetched: 9 }, true],
    [{ missing: 40, live: 2000, fetched: 1960 }, false],
    [{ missing: 41, live: 2000, fetched: 1959 }, true],
    [{ missing: 5, live: 5, fetched: 0 }, true],
  ])('%j: %s', (outcome, held) => expect(reasonToHold(outcome) !== null).toBe(held));

  it('is told with figures people can read', () => {
    const told = (fetched: number) => reasonToHold({ missing: 1050, live: 2039, fetched });
    expect(told(0)).toContain('while BQS has 2,039.');
    expect(told(989)).toContain('1,050 of 2,039 opportunities');
  });
});

describe('what a run waits for', () => {
  const now = new Date('2027-03-01T12:00:00Z');
  it.each([
    [null, null, null],
    ['Busy.', null, null],
    ['Busy.', '2027-03-01T12:00:07.2Z', 'Busy. Trying again in 8 s.'],
    ['Busy.', '2027-03-01T12:00:00Z', 'Busy. Trying again now.'],
    ['Busy.', '2027-03-01T11:59:00Z', 'Busy. Trying again now.'],
  ])('%s until %s', (cause, until, words) => {
    expect(waitingWords(cause, until === null ? null : new Date(until), now)).toBe(words);
  });
});
