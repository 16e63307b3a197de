import { describe, expect, it } from 'vitest';
import { parseRetryAfter, waitBefore } from './retry.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j means %s milliseconds', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('the wait before another try', () => {
  const pace = { baseMs: 1000, maxMs: 8000, maxRetryAfterMs: 60_000 };

  it('doubles up to its limit, and jitter takes off half of it at most', () => {
    expect([1, 2, 3, 4, 9].map((attempt) => waitBefore(attempt, null, pace, () => 0))).toEqual([
      1000, 2000, 4000, 8000, 8000,
    ]);
    expect(waitBefore(3, null, pace, () => 1)).toBe(2000);
  });

  it('is what the CRM asks for, but not for longer than the cap', () => {
    expect(waitBefore(1, 5000, pace)).toBe(5000);
    expect(waitBefore(1, 3_600_000, pace)).toBe(60_000);
  });
});
