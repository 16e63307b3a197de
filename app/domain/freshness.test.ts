import { describe, expect, it } from 'vitest';
import { gradeFreshness, type FreshnessFacts } from './freshness.ts';

const facts: FreshnessFacts = {
  lastGood: new Date('2026-03-01T00:02:00Z'),
  lastEnded: { status: 'SUCCESS', errorMessage: null },
  quarantined: 0,
  running: null,
  cron: '0 0 * * *',
  timeZone: 'UTC',
  now: new Date('2026-03-01T12:00:00Z'),
};

describe('freshness', () => {
  it.each<[string, Partial<FreshnessFacts>, string]>([
    ['a sync last night', {}, 'on-time'],
    ['tonight’s sync within its hour', { now: new Date('2026-03-02T00:59:00Z') }, 'on-time'],
    ['tonight’s sync after its hour', { now: new Date('2026-03-02T01:01:00Z') }, 'late'],
    ['no sync yet', { lastGood: null, lastEnded: null }, 'never'],
    [
      'a first sync that failed',
      { lastGood: null, lastEnded: { status: 'FAILED', errorMessage: 'x' } },
      'failed',
    ],
    [
      'a failure after a good one',
      { lastEnded: { status: 'FAILED', errorMessage: 'x' } },
      'failed',
    ],
    ['a held sweep', { lastEnded: { status: 'HELD', errorMessage: 'x' } }, 'held'],
    ['a partial one', { lastEnded: { status: 'PARTIAL', errorMessage: null } }, 'on-time'],
    [
      'an hourly sync, half an hour over',
      {
        cron: '0 * * * *',
        lastGood: new Date('2026-03-01T10:01:00Z'),
        now: new Date('2026-03-01T11:31:00Z'),
      },
      'late',
    ],
    [
      'a sync every minute, four minutes ago',
      { cron: '* * * * *', lastGood: new Date('2026-03-01T11:56:00Z') },
      'on-time',
    ],
  ])('%s', (_case, changes, state) => {
    expect(gradeFreshness({ ...facts, ...changes }).state).toBe(state);
  });

  it('knows the next due time in its own time zone, across the change to summer time', () => {
    const now = new Date('2026-03-28T23:30:00Z');
    expect(gradeFreshness({ ...facts, timeZone: 'Europe/Berlin', now }).next).toEqual(
      new Date('2026-03-29T22:00:00Z'),
    );
  });

  it('tells why the last sync failed, and nothing once one got through', () => {
    expect(
      gradeFreshness({ ...facts, lastEnded: { status: 'FAILED', errorMessage: 'why' } }).lastError,
    ).toBe('why');
    expect(gradeFreshness(facts).lastError).toBeNull();
  });
});
