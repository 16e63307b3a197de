import { describe, expect, it } from 'vitest';
import { endingOf, endingWords, runEndings, type EndedRun } from './run-ending.ts';
import { syncFaults } from './sync-fault.ts';
import { syncPurposes } from './sync.ts';

const now = new Date('2026-03-01T12:00:00Z');
const ended: EndedRun = {
  status: 'SUCCESS',
  fault: null,
  heldCause: null,
  heartbeatAt: now,
  attempts: 1,
  totalFetched: 100,
};

describe('how a run ended', () => {
  it.each<[string, Partial<EndedRun>]>([
    ['complete', {}],
    ['partial', { status: 'PARTIAL' }],
    ['held-missing', { status: 'HELD', heldCause: 'MISSING' }],
    ['held-field', { status: 'HELD', heldCause: 'FIELD_VANISHED' }],
    ['dropped', { status: 'CANCELLED', heldCause: 'MISSING' }],
    ['closed-field', { status: 'CANCELLED', heldCause: 'FIELD_VANISHED', totalFetched: 0 }],
    ['closed-field-midway', { status: 'CANCELLED', heldCause: 'FIELD_VANISHED' }],
    ['cancelled', { status: 'CANCELLED' }],
    ['cancelled-unread', { status: 'CANCELLED', totalFetched: 0 }],
    ['unnamed', { status: 'FAILED' }],
    ['unnamed', { status: 'FAILED', fault: 'of an older version' }],
    ['waiting', { status: 'RUNNING', heartbeatAt: null, attempts: 0 }],
    ['stalled', { status: 'RUNNING', heartbeatAt: null, attempts: 2 }],
    ['stalled', { status: 'RUNNING', heartbeatAt: new Date('2026-03-01T11:59:00Z') }],
    ['running', { status: 'RUNNING' }],
    ...syncFaults.map((fault): [string, Partial<EndedRun>] => [fault, { status: 'FAILED', fault }]),
  ])('is %s', (ending, changes) => {
    expect(endingOf({ ...ended, ...changes }, now)).toBe(ending);
  });

  it.each(runEndings)('%s has words a person understands, for every purpose', (ending) => {
    for (const purpose of syncPurposes) {
      const { name, tone, meaning, advice } = endingWords(ending, purpose);
      expect(name).toMatch(/^[A-Z].{3,60}$/);
      if (['running', 'complete'].includes(ending)) continue;
      expect(meaning).toMatch(/^[A-Z].+\.$/);
      if (tone === 'bad' || tone === 'warning') expect(advice).toMatch(/^[A-Z].{20,}[.]$/);
      expect(`${name} ${meaning} ${advice}`).not.toMatch(/undefined|\bdeal|opty/i);
    }
  });

  it('names every fault apart', () => {
    const names = syncFaults.map((fault) => endingWords(fault, 'SYNC').name);
    expect(new Set(names).size).toBe(syncFaults.length);
  });

  it('claims nothing applied of a run that read nothing', () => {
    for (const ending of ['closed-field', 'cancelled-unread'] as const) {
      expect(endingWords(ending, 'SYNC').meaning).toBe('Nothing was read and nothing was written.');
    }
  });

  it('says that a run which writes nothing has written nothing', () => {
    expect(endingWords('network', 'DRY_RUN').meaning).toContain('writes no opportunity');
    expect(endingWords('network', 'SYNC').meaning).toContain('no change is lost');
  });
});
