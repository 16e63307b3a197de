import { describe, expect, it } from 'vitest';
import { aboutOf, alertDue, alertStateOf, alertWords, type AlertState } from './alert.ts';
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
      expect(alertDue({ state: told, about: null }, present)).toBe(table[String(told)]![at]);
    },
  );

  it('is never due twice for the same state', () => {
    for (const told of tolds) {
      for (const present of presents) {
        const due = alertDue({ state: told, about: null }, present, 'x');
        if (due) expect(alertDue({ state: due, about: 'x' }, present, 'x')).toBeNull();
      }
    }
  });
});

describe('an alert of a held run', () => {
  const held = { state: 'held', heldRun: '7', heldCause: 'MISSING', failedSince: null } as const;
  it.each([
    ['another run', { heldRun: '8' }],
    ['another cause', { heldCause: 'FIELD_VANISHED' }],
    ['a later failure', { failedSince: 'why' }],
  ] as const)('is due anew for %s, once', (_case, change) => {
    const told = { state: 'held', about: aboutOf(held) } as const;
    const about = aboutOf({ ...held, ...change });
    expect(alertDue(told, 'held', aboutOf(held))).toBeNull();
    expect(alertDue(told, 'held', about)).toBe('held');
    expect(alertDue({ state: 'held', about }, 'held', about)).toBeNull();
  });

  it('does not change with why a later run failed', () => {
    expect(aboutOf({ ...held, failedSince: 'why' })).toBe(aboutOf({ ...held, failedSince: 'x' }));
    expect(aboutOf({ ...held, state: 'failed' })).toBeNull();
  });
});

describe('the words of an alert', () => {
  const facts = {
    previous: null,
    lastError: 'The CRM refused our credentials (401)',
    lastGood: '3 Mar 2027, 00:01 UTC',
    next: '4 Mar 2027, 00:00 UTC',
    lasted: null,
    heldCause: null,
    failedSince: null,
    note: null,
  };
  it('say what happened, what it means and what to do', () => {
    expect(alertWords({ ...facts, state: 'failed' })).toEqual({
      title: 'The sync failed',
      body: 'The CRM refused our credentials (401). The CRM data is as of 3 Mar 2027, 00:01 UTC. It is due again 4 Mar 2027, 00:00 UTC.',
    });
    expect(alertWords({ ...facts, state: 'late', lastGood: null }).body).toContain(
      'There is no CRM data yet.',
    );
  });

  it('name the buttons there are for what holds a run, and a later failure', () => {
    const missing = alertWords({ ...facts, state: 'held', heldCause: 'MISSING' });
    expect(missing.body).toContain('“Mark … as gone” or “Keep …”');
    const fields = alertWords({ ...facts, state: 'held', heldCause: 'FIELD_VANISHED' });
    expect(fields.body).toContain('“Go on like this” or “Drop the held run”');
    const both = alertWords({ ...facts, state: 'held', failedSince: 'Down (503)' });
    expect(both.title).toBe('A sync is held for a person, and the last one failed');
    expect(both.body).toContain('The last one since then failed: Down (503). The CRM data');
  });

  it('call it no recovery where a held sync was only closed', () => {
    const note = 'The last sync was held.';
    expect(alertWords({ ...facts, state: 'on-time', previous: 'held', note })).toEqual({
      title: 'The held sync was closed',
      body: 'The last sync was held. The CRM data is as of 3 Mar 2027, 00:01 UTC.',
    });
  });

  it('say of a recovery how long it lasted and what it was', () => {
    const words = alertWords({ ...facts, state: 'on-time', previous: 'failed', lasted: '3 h' });
    expect(words.title).toBe('The sync works again; the trouble lasted 3 h');
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
