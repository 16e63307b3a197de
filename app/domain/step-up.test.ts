import { describe, expect, it } from 'vitest';
import {
  decides,
  parseLimits,
  parseStepUpActs,
  stepUpActs,
  stepUpNeed,
  type Deed,
  type StepUpAct,
  type StepUpPolicy,
} from './step-up.ts';
import { stepUpWords } from './step-up-words.ts';
import { intents } from './transitions.ts';

const now = new Date('2026-11-25T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const limits = parseLimits('1000000 EUR, 1200000.50 USD');
const every: StepUpPolicy = { acts: stepUpActs, limits: null, minutes: 15 };
const deedOf = (act: StepUpAct): Deed =>
  act === 'decide' ? { act, amount: '1', currency: 'EUR' } : { act };

const sessions = {
  'a password just now': { level: 'aal1', authenticatedAt: now },
  'a password long ago': { level: 'aal1', authenticatedAt: minutesAgo(600) },
  'a second factor just now': { level: 'aal2', authenticatedAt: now },
  'a second factor at the last moment': { level: 'aal2', authenticatedAt: minutesAgo(15) },
  'a second factor a little too long ago': { level: 'aal2', authenticatedAt: minutesAgo(15.01) },
  'a second factor, nobody knows when': { level: 'aal2', authenticatedAt: null },
} as const;

const needs: Record<keyof typeof sessions, ReturnType<typeof stepUpNeed>> = {
  'a password just now': 'second-factor',
  'a password long ago': 'second-factor',
  'a second factor just now': null,
  'a second factor at the last moment': null,
  'a second factor a little too long ago': 'fresh-sign-in',
  'a second factor, nobody knows when': 'fresh-sign-in',
};

describe.each(stepUpActs)('the act %s', (act) => {
  it.each(Object.entries(sessions))('with %s', (name, session) => {
    const need = needs[name as keyof typeof sessions];
    expect(stepUpNeed(deedOf(act), session, every, now)).toBe(need);
    const others = stepUpActs.filter((other) => other !== act);
    expect(stepUpNeed(deedOf(act), session, { ...every, acts: others }, now)).toBeNull();
    expect(stepUpNeed(deedOf(act), session, { ...every, acts: [] }, now)).toBeNull();
  });

  it.each(['second-factor', 'fresh-sign-in'] as const)('says what it needs: %s', (need) => {
    const { title, what, button } = stepUpWords(act, need, 15);
    expect([title, what, button].join(' ')).not.toMatch(/undefined|_|aal/);
  });
});

describe('the amount of a decision', () => {
  const asks = (amount: string | null, currency: string | null) =>
    stepUpNeed(
      { act: 'decide', amount, currency },
      sessions['a password just now'],
      { ...every, limits },
      now,
    ) !== null;

  it.each([
    ['999999.99', 'EUR', false],
    ['1000000', 'EUR', false],
    ['1000000.00', 'EUR', false],
    ['1000000.0000000001', 'EUR', true],
    ['1100000', 'USD', false],
    ['1200000.50', 'USD', false],
    ['1200000.51', 'USD', true],
    ['90071992547409931.5', 'USD', true],
    ['1', 'eur', false],
    ['1', ' EUR ', false],
    ['0', 'EUR', false],
    ['1', 'JPY', true],
    ['1', '', true],
    ['1', null, true],
    [null, 'EUR', true],
    ['', 'EUR', true],
    ['-5000000', 'EUR', true],
    ['1e3', 'EUR', true],
    ['NaN', 'EUR', true],
  ])('%s %s counts as above: %s', (amount, currency, above) => {
    expect(asks(amount, currency)).toBe(above);
  });

  it('does not matter to other acts', () => {
    const session = sessions['a password just now'];
    const policy = { ...every, limits };
    expect(stepUpNeed({ act: 'scorecards' }, session, policy, now)).toBe('second-factor');
  });
});

describe('a form', () => {
  it.each(intents)(
    'that asks to %s decides only where a decision is made or taken back',
    (intent) => {
      expect(decides([intent])).toBe(['decide', 'decline', 'reopen'].includes(intent));
    },
  );

  it('decides with any of the values a field has', () => {
    expect(decides(['hold', 'decide'])).toBe(true);
    expect(decides(['decide', 'hold'])).toBe(true);
    expect(decides([])).toBe(false);
  });
});

describe('the settings', () => {
  it('name acts in any order, and no others', () => {
    expect(parseStepUpActs('scorecards, decide')).toEqual(['decide', 'scorecards']);
    expect(parseStepUpActs('decide,delete')).toBeNull();
    expect(parseStepUpActs('decide,')).toBeNull();
  });

  it.each([
    '1,000,000 EUR',
    '1000000',
    'EUR',
    '1 EUR, 2 EUR',
    '-1 EUR',
    '1e6 EUR',
    '1 Euro',
    '1 EUR;',
  ])('refuse the amount %s', (text) => {
    expect(parseLimits(text)).toBeNull();
  });

  it('hold an amount a currency', () => {
    expect(parseLimits('1000000 EUR, 1200000.50 USD')).toEqual([
      { amount: '1000000', currency: 'EUR' },
      { amount: '1200000.50', currency: 'USD' },
    ]);
  });

  it.each([
    [1, 'the last minute'],
    [15, '15 minutes'],
    [90, '90 minutes'],
    [240, '4 hours'],
  ])('tell %s minutes as %s', (minutes, words) => {
    expect(stepUpWords('decide', 'fresh-sign-in', minutes).what).toContain(words);
  });
});
