import { describe, expect, it } from 'vitest';
import { alertDue, alertStateOf, alertWords, type AlertState } from './alert.ts';
import type { FreshnessState } from './freshness.ts';

const tolds: (AlertState | null)[] = [null, 'on-time', 'late', 'failed', 'held'];
const presents: FreshnessState[] = ['never', 'on-time', 'late', 'failed', 'held'];

/** By what people were told last: what is told in each present state, in the order of `presents`. */
const table: Record<string, (AlertState | null)[]> = {
  null: [null, null, 'late', 'failed', 'held'],
  'on-time': [null, null, 'late', 'failed', 'held'],
  late: [null, 'on-time', null, 'failed', 'held'],
  failed: [null, 'on-time', 'late', null, 'held'],
  held: [null, 'on-time', 'late', 'failed', null],
};

describe('when an alert is due', () => {
  it.each(tolds.flatMap((told) => presents.map((present, at) => ({ told, present, at }))))(
    'told $told, now $present',
    ({ told, present, at }) => {
      expect(alertDue(told, present)).toBe(table[String(told)]![at]);
    },
  );

  it('is never due twice for the same state', () => {
    for (const told of tolds) {
      for (const present of presents) {
        const due = alertDue(told, present);
        if (due) expect(alertDue(due, present)).toBeNull();
      }
    }
  });
});

describe('the words of an alert', () => {
  const facts = {
    previous: null,
    lastError: 'The CRM refused our credentials (401)',
    lastGood: '3 Mar 2027, 00:01 UTC',
    next: '4 Mar 2027, 00:00 UTC',
    lasted: null,
  };
  it('say what happened, what it means and what to do', () => {
    expect(alertWords({ ...facts, state: 'failed' })).toEqual({
      title: 'The sync failed',
      body: 'The CRM refused our credentials (401). The CRM data is as of 3 Mar 2027, 00:01 UTC. It is due again 4 Mar 2027, 00:00 UTC.',
    });
    expect(alertWords({ ...facts, state: 'late', lastGood: null }).body).toContain(
      'There is no CRM data yet.',
    );
    expect(alertWords({ ...facts, state: 'held' }).body).toContain('release or drop');
  });

  it('say of a recovery how long it lasted and what it was', () => {
    const words = alertWords({ ...facts, state: 'on-time', previous: 'failed', lasted: '3 h' });
    expect(words.title).toBe('The sync is well again after 3 h');
    expect(words.body).toContain('It had failed.');
  });
});

describe('a state out of a column', () => {
  it('is none where it is unknown', () => {
    expect(alertStateOf('late')).toBe('late');
    for (const text of ['never', 'recovered', '', null, undefined]) {
      expect(alertStateOf(text)).toBeNull();
    }
  });
});
