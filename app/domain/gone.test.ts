import { describe, expect, it } from 'vitest';
import { verdictOf } from './gone.ts';

describe('what follows for an opportunity a sweep did not see', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

  it.each([
    ['found', null, 'there'],
    ['found', ago(1), 'there'],
    ['found', ago(100), 'there'],
    ['not-found', null, 'missed-once'],
    ['not-found', ago(0), 'wait'],
    ['not-found', new Date(ago(24).getTime() + 1), 'wait'],
    ['not-found', ago(24), 'gone'],
    ['not-found', ago(2400), 'gone'],
    // A clock that went back makes nothing gone.
    ['not-found', ago(-5), 'wait'],
    ['unclear', null, 'undecided'],
    ['unclear', ago(1), 'undecided'],
    ['unclear', ago(100), 'undecided'],
  ] as const)('%s, first not found %s: %s', (answer, first, verdict) => {
    expect(verdictOf(first, answer, now)).toBe(verdict);
  });
});
