import { describe, expect, it } from 'vitest';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import { typedForm } from '#tests/factories/typed-scorecard.ts';
import { changeRows, readScorecardIntent } from './scorecard-intent.ts';
import { parseTyped } from './scorecard-form.ts';
import { parsePercent, typedPercent, weightSum } from './scorecard-values.ts';
import { readTyped, typedOf, type TypedScorecard } from './typed-scorecard.ts';

const standard = () => typedOf('Standard', defaultScorecard);

/** The errors of the standard scorecard after `change`; empty where it still parses. */
function errorsAfter(change: (typed: TypedScorecard) => void): Record<string, string> {
  const typed = structuredClone(standard());
  change(typed);
  const parsed = parseTyped(typed);
  return parsed.ok ? {} : parsed.errors;
}

function first<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('There is no row.');
  return row;
}

describe('a typed scorecard', () => {
  it('is the stored one again where nothing is changed', () => {
    expect(parseTyped(standard())).toEqual({
      ok: true,
      name: 'Standard',
      definition: defaultScorecard,
    });
  });

  it('says what the weights add up to', () => {
    const errors = errorsAfter(({ criteria }) => (first(criteria).weight = '14'));
    expect(errors).toEqual({ criteria: 'The weights add up to 99, not to 100.' });
  });

  const at = (index: number) => `criteria.${index}`;
  const refusals: [string, (typed: TypedScorecard) => void, string][] = [
    ['no name', (t) => (t.name = ' '), 'name'],
    ['a name too long', (t) => (t.name = 'x'.repeat(81)), 'name'],
    ['a negative weight', (t) => (first(t.criteria).weight = '-15'), `${at(0)}.weight`],
    ['a weight with decimals', (t) => (first(t.criteria).weight = '14.5'), `${at(0)}.weight`],
    ['a weight of nothing', (t) => (first(t.criteria).weight = '0'), `${at(0)}.weight`],
    ['a weight in words', (t) => (first(t.criteria).weight = 'much'), `${at(0)}.weight`],
    ['a code with a space', (t) => (first(t.criteria).code = 'A B'), `${at(0)}.code`],
    ['two criteria of one code', (t) => (first(t.criteria).code = 'win'), 'criteria'],
    ['no anchor', (t) => (first(t.criteria).middle = ''), `${at(0)}.middle`],
    ['a knock-out between steps', (t) => (first(t.criteria).knockOut = '1.7'), `${at(0)}.knockOut`],
    ['a knock-out at nothing', (t) => (first(t.criteria).knockOut = '0'), `${at(0)}.knockOut`],
    [
      'a reason twice',
      (t) => (first(t.criteria).reasons.high = 'Known\nKnown'),
      `${at(0)}.reasons.high`,
    ],
    [
      'too many reasons',
      (t) => (first(t.criteria).reasons.low = Array.from({ length: 13 }, String).join('\n')),
      `${at(0)}.reasons.low`,
    ],
    ['no criteria', (t) => (t.criteria = []), 'criteria'],
    ['bands that do not fall', (t) => (first(t.bands).lowest = '40'), 'bands'],
    ['two bands that begin alike', (t) => (first(t.bands).lowest = '50'), 'bands'],
    ['a lowest band above 0', (t) => t.bands.pop(), 'bands'],
    ['one band', (t) => (t.bands = t.bands.slice(-1)), 'bands'],
    ['two bands of one code', (t) => (first(t.bands).code = 'decline'), 'bands'],
    ['a negative edge', (t) => (first(t.bands).lowest = '-1'), 'bands.0.lowest'],
    ['an edge of hundredths', (t) => (first(t.bands).lowest = '70.25'), 'bands.0.lowest'],
    ['an edge above 100', (t) => (first(t.bands).lowest = '100.1'), 'bands.0.lowest'],
    ['an unknown advice', (t) => (first(t.bands).advice = 'MAYBE'), 'bands.0.advice'],
    ['a fast track without limit', (t) => (t.fastTrack.enabled = true), 'fastTrack.enabled'],
    ['a fast track from nowhere', (t) => (t.fastTrack.lowest = ''), 'fastTrack.lowest'],
    [
      'a negative limit',
      (t) => (t.fastTrack.limits = [{ currency: 'EUR', amount: '-5' }]),
      'limits.0.amount',
    ],
    [
      'a currency of two letters',
      (t) => (t.fastTrack.limits = [{ currency: 'EU', amount: '5' }]),
      'limits.0.currency',
    ],
    [
      'a currency twice',
      (t) => (t.fastTrack.limits = ['EUR', 'eur'].map((currency) => ({ currency, amount: '5' }))),
      'limits.1.currency',
    ],
  ];
  it.each(refusals)('is refused with %s, at the field', (_what, change, field) => {
    const errors = errorsAfter(change);
    expect(Object.keys(errors)).toContain(field);
    expect(errors[field]).toMatch(/^[A-Z].*\.$/);
  });

  it('takes tenths of a percent, codes in any case, limits to the digit', () => {
    const typed = standard();
    first(typed.bands).lowest = '72,5';
    first(typed.criteria).code = ' strat ';
    typed.fastTrack = {
      enabled: true,
      lowest: '80',
      limits: [
        { currency: 'eur', amount: '250000.50' },
        { currency: '', amount: '' },
      ],
    };
    const parsed = parseTyped(typed);
    expect(parsed.ok && parsed.definition).toMatchObject({
      criteria: [{ code: 'STRAT' }, ...Array<object>(8).fill({})],
      bands: [{ from: 725 }, {}, {}],
      fastTrack: { enabled: true, from: 800, under: { EUR: '250000.50' } },
    });
  });

  it('comes back from a form as it was typed, wrong as it may be', () => {
    const typed = standard();
    first(typed.criteria).weight = 'much';
    first(typed.criteria).reasons.low = 'One\n\n Two ';
    typed.fastTrack.limits = [{ currency: 'x', amount: 'y' }];
    expect(readTyped(typedForm(typed))).toEqual(typed);
  });

  it('loses the one character that cannot be stored', () => {
    const form = typedForm(standard());
    form.set('name', 'Stan\u0000dard\r\n');
    expect(readTyped(form).name).toBe('Standard\n');
  });
});

describe('percentages', () => {
  it.each([
    ['0', 0],
    ['70', 700],
    ['70.5', 705],
    ['100', 1000],
  ])('%s is %d tenths, and back', (typed, tenths) => {
    expect(parsePercent(typed)).toBe(tenths);
    expect(typedPercent(tenths)).toBe(typed);
  });

  it('sums only weights that are numbers', () => {
    expect(weightSum(['15', ' 20 ', '', '-3', 'x', '1.5'])).toBe(35);
  });
});

describe('the buttons of the editor', () => {
  it.each([
    ['save', { kind: 'save', then: 'edit' }],
    ['save.publish', { kind: 'save', then: 'publish' }],
    ['overwrite.7', { kind: 'overwrite', revision: 7 }],
    ['discard', { kind: 'discard' }],
    ['add.bands', { kind: 'row', change: 'add', list: 'bands', index: 0 }],
    ['up.criteria.3', { kind: 'row', change: 'up', list: 'criteria', index: 3 }],
    ['save.home', null],
    ['overwrite.x', null],
    ['remove.people.1', null],
    ['up.criteria', null],
    ['', null],
    [null, null],
  ])('%s means %j', (value, intent) => {
    expect(readScorecardIntent(value)).toEqual(intent);
  });

  const codesAfter = (value: string) => {
    const intent = readScorecardIntent(value);
    if (intent?.kind !== 'row') throw new Error('This is no change of rows.');
    const { typed, focus } = changeRows(standard(), intent);
    return [typed.bands.map(({ code }) => code).join(' '), focus];
  };
  it.each([
    ['add.bands', 'pursue consider decline ', 'bands-3'],
    ['remove.bands.2', 'pursue consider', 'bands-1'],
    ['up.bands.1', 'consider pursue decline', 'bands-0'],
    ['up.bands.0', 'pursue consider decline', 'bands-0'],
    ['down.bands.0', 'consider pursue decline', 'bands-1'],
    ['down.bands.2', 'pursue consider decline', 'bands-2'],
    ['remove.bands.9', 'pursue consider decline', 'bands-2'],
  ])('%s leaves %s and looks at %s', (value, codes, focus) => {
    expect(codesAfter(value)).toEqual([codes, focus]);
  });
});
