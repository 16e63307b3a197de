import { describe, expect, it } from 'vitest';
import {
  isAttributeName,
  isRuleCause,
  ruleWords,
  treatments,
  treatmentsByCause,
  treatmentsFor,
  whyNoRule,
  type RuleCause,
  type Treatment,
} from './mapping-rule.ts';
import { quarantineCauses } from './sync.ts';

const expected: [RuleCause, readonly Treatment[]][] = [
  ['not-an-object', []],
  ['no-id', []],
  ['bad-id', []],
  ['nul-character', ['LEAVE_EMPTY']],
  ['broken-text', ['LEAVE_EMPTY']],
  ['impossible-date', ['LEAVE_EMPTY', 'READ_FROM']],
  ['impossible-instant', ['LEAVE_EMPTY', 'READ_FROM']],
  ['not-a-number', ['LEAVE_EMPTY', 'READ_FROM']],
  ['number-overflow', ['LEAVE_EMPTY', 'READ_FROM']],
  ['not-text', ['AS_TEXT', 'LEAVE_EMPTY', 'READ_FROM']],
  ['too-deep', []],
  ['refused-by-database', []],
  ['vanished', ['LEAVE_EMPTY', 'READ_FROM']],
];

describe('what may be done about a field', () => {
  it('is said for every cause a record can be here for, and for what vanished', () => {
    const causes = expected.map(([cause]) => cause).sort();
    expect(causes).toEqual([...Object.keys(quarantineCauses), 'vanished'].sort());
    expect(Object.keys(treatmentsByCause).sort()).toEqual(causes);
  });

  it.each(expected)('%s: %o, and either a choice or why there is none', (cause, allowed) => {
    expect(treatmentsFor(cause, 'Revenue')).toEqual(allowed);
    expect(whyNoRule(cause, 'Revenue') === null).toBe(allowed.length > 0);
    for (const field of ['OptyId', null, 'A name', '', 'a b', 'x'.repeat(81)]) {
      expect([field, treatmentsFor(cause, field)]).toEqual([field, []]);
      expect(whyNoRule(cause, field)).toMatch(/\.$/);
    }
  });

  it('is nothing for a cause there is not', () => {
    expect(treatmentsFor('constructor', 'Revenue')).toEqual([]);
    expect(isRuleCause('toString')).toBe(false);
  });

  it.each(treatments)('%s has words', (treatment) => {
    expect(ruleWords({ treatment, source: 'Worth_c' })).toMatch(/^is /);
  });

  it.each([
    ['Practice_c', true],
    ['_x9', true],
    ['9x', false],
    ['a-b', false],
    ['', false],
    ['Naïve', false],
    ['a\n', false],
  ])('%s names an attribute: %s', (name, is) => {
    expect(isAttributeName(name)).toBe(is);
  });
});
