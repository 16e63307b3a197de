import { describe, expect, it } from 'vitest';
import { gradeFreshness, type FreshnessFacts } from './freshness.ts';

const facts: FreshnessFacts = {
  lastGood: new Date('2026-03-01T00:02:00Z'),
  lastEnded: { id: 1n, status: 'SUCCESS', errorMessage: null },
  lastClosedHeld: null,
  held: null,
  quarantined: 0,
  running: null,
  cron: '0 0 * * *',
  timeZone: 'UTC',
  now: new Date('2026-03-01T12:00:00Z'),
};

const held = { id: 2n, cause: 'MISSING' as const, errorMessage: 'too much' };
const closed = new Date('2026-03-01T06:00:00Z');

describe('freshness', () => {
  it.each<[string, Partial<FreshnessFacts>, string]>([
    ['a sync last night', {}, 'on-time'],
    ['tonight’s sync within its hour', { now: new Date('2026-03-02T00:59:00Z') }, 'on-time'],
    ['tonight’s sync after its hour', { now: new Date('2026-03-02T01:01:00Z') }, 'late'],
    ['no sync yet', { lastGood: null, lastEnded: null }, 'never'],
    [
      'a first sync that failed',
      { lastGood: null, lastEnded: { id: 1n, status: 'FAILED', errorMessage: 'x' } },
      'failed',
    ],
    [
      'a failure after a good one',
      { lastEnded: { id: 1n, status: 'FAILED', errorMessage: 'x' } },
      'failed',
    ],
    ['a held sweep', { held }, 'held'],
    [
      'a failure since a held sweep',
      { held, lastEnded: { id: 3n, status: 'FAILED', errorMessage: 'x' } },
      'held',
    ],
    ['a held sweep that was dropped', { lastClosedHeld: closed }, 'on-time'],
    [
      'one dropped after a failure',
      { lastClosedHeld: closed, lastEnded: { id: 1n, status: 'FAILED', errorMessage: 'x' } },
      'on-time',
    ],
    [
      'one dropped, and a night missed',
      { lastClosedHeld: closed, now: new Date('2026-03-02T01:01:00Z') },
      'late',
    ],
    ['a first sync that was held and dropped', { lastGood: null, lastClosedHeld: closed }, 'never'],
    ['a partial one', { lastEnded: { id: 1n, status: 'PARTIAL', errorMessage: null } }, 'on-time'],
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
      gradeFreshness({ ...facts, lastEnded: { id: 1n, status: 'FAILED', errorMessage: 'why' } })
        .lastError,
    ).toBe('why');
    expect(gradeFreshness(facts).lastError).toBeNull();
  });

  it('says that a held sync was closed, until one gets through or another is held', () => {
    const dropped = { ...facts, lastClosedHeld: closed };
    expect(gradeFreshness(dropped).note).toContain('held and then closed');
    expect(gradeFreshness({ ...dropped, lastGood: new Date('2026-03-01T07:00:00Z') }).note).toBe(
      null,
    );
    expect(gradeFreshness({ ...dropped, held }).note).toBeNull();
    expect(gradeFreshness(facts).note).toBeNull();
  });

  it('tells beside a held run that a later one failed, and of none before it', () => {
    const failed = (id: bigint) => ({ id, status: 'FAILED' as const, errorMessage: 'why' });
    const after = gradeFreshness({ ...facts, held, lastEnded: failed(3n) });
    expect(after).toMatchObject({ heldRun: '2', heldCause: 'MISSING', lastError: 'too much' });
    expect(after.failedSince).toBe('why');
    expect(gradeFreshness({ ...facts, held, lastEnded: failed(1n) }).failedSince).toBeNull();
  });
});
