import { describe, expect, it } from 'vitest';
import { parseAcceptFields, parseDropHeld } from './accept-fields-form.ts';
import type { Typed } from './typed-form.ts';

const whole: Typed = {
  run: ['7'],
  field: ['Revenue', 'Practice_c'],
  'treatment.Revenue': ['READ_FROM'],
  'source.Revenue': ['Amount_c'],
  'treatment.Practice_c': ['LEAVE_EMPTY'],
  'source.Practice_c': ['Unit_c'],
  reason: ['  They renamed it.  '],
};

describe('the form about vanished fields', () => {
  it('says what becomes of each, and why', () => {
    expect(parseAcceptFields(whole)).toEqual({
      ok: true,
      form: {
        runId: '7',
        reason: 'They renamed it.',
        choices: [
          { field: 'Revenue', treatment: 'READ_FROM', source: 'Amount_c', looked: false },
          { field: 'Practice_c', treatment: 'LEAVE_EMPTY', source: null, looked: false },
        ],
      },
    });
  });

  it.each([
    ['Amount_c', true],
    ['Unit_c', false],
    ['on', false],
  ])('takes a tick for %s as a look at Amount_c: %s', (tick, looked) => {
    const parsed = parseAcceptFields({ ...whole, 'looked.Revenue': [tick] });
    expect(parsed.ok && parsed.form.choices[0]?.looked).toBe(looked);
  });

  it('drops with a reason, and needs no choice for it', () => {
    const typed = { run: ['7'], reason: [' Later. '] };
    expect(parseDropHeld(typed)).toEqual({ ok: true, form: { runId: '7', reason: 'Later.' } });
    expect(parseDropHeld({ ...typed, run: ['x'] })).toMatchObject({ form: { runId: null } });
    for (const reason of ['', ' ', '\u200b', 'x'.repeat(1001)]) {
      const refused = parseDropHeld({ ...typed, reason: [reason] });
      expect(refused.ok ? [] : Object.keys(refused.errors)).toEqual(['reason']);
    }
  });

  it.each<[string, Typed, string]>([
    ['no choice', { 'treatment.Revenue': [] }, 'treatment.Revenue'],
    ['a choice that is none', { 'treatment.Revenue': ['AS_TEXT'] }, 'treatment.Revenue'],
    ['nothing to read from', { 'source.Revenue': [''] }, 'source.Revenue'],
    ['no reason', { reason: [' '] }, 'reason'],
    ['a reason nobody can read', { reason: ['\u200b'] }, 'reason'],
    ['a reason too long', { reason: ['x'.repeat(1001)] }, 'reason'],
    ['no run', { run: ['x'] }, 'form'],
    ['no field', { field: [] }, 'form'],
  ])('is refused with %s', (_case, change, name) => {
    const parsed = parseAcceptFields({ ...whole, ...change });
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? [] : Object.keys(parsed.errors)).toContain(name);
  });
});
