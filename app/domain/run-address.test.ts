import { describe, expect, it } from 'vitest';
import { missingAddress, parseHeldForm, parseMissingQuery } from './held-form.ts';
import { changesAddress, parseChangeQuery, runIdOf } from './run-address.ts';
import { parseRunQuery, runsAddress } from './run-query.ts';

const paramsOf = (address: string) => new URL(address, 'http://localhost').searchParams;

describe('the addresses of runs and their lists', () => {
  it('are read as they were written', () => {
    const after = { rank: 2, stale: true, precedence: 9, id: '123' };
    const query = { show: 'gone', touch: 'stale', after } as const;
    expect(parseChangeQuery(paramsOf(changesAddress('7', query)))).toEqual({ ok: true, query });
    const runs = { kind: 'BACKFILL', outcome: 'FAILED', before: '12' } as const;
    expect(parseRunQuery(paramsOf(runsAddress(runs)))).toEqual(runs);
    const missing = { search: 'a & b', after: { rank: 3, id: '5' } };
    expect(parseMissingQuery(paramsOf(missingAddress('7', missing)))).toEqual(missing);
  });

  it.each(['show=none', 'touch=none', 'after=1.2.3', 'after=0.0.5.9999999999999999999'])(
    'a run’s page refuses %s',
    (params) => {
      const parsed = parseChangeQuery(new URLSearchParams(params));
      expect(parsed).toEqual({ ok: false, message: expect.any(String) as string });
    },
  );

  it('refuse what names no run, no list and no page', () => {
    expect(runIdOf('12x')).toBeNull();
    expect(runIdOf('9'.repeat(30))).toBeNull();
    for (const params of ['kind=NONE', 'outcome=GOOD', 'before=x'])
      expect(parseRunQuery(new URLSearchParams(params))).toBeNull();
    for (const params of ['place=x', `q=${'x'.repeat(301)}`, 'q=%00'])
      expect(parseMissingQuery(new URLSearchParams(params))).toBeNull();
  });
});

describe('the form of a held run', () => {
  const whole = { intent: 'drop', count: '30', reason: 'Its role was cut.', confirmed: 'yes' };
  const parse = (changes: Record<string, string>) => {
    const posted = new FormData();
    for (const [name, value] of Object.entries({ ...whole, ...changes })) posted.set(name, value);
    return parseHeldForm(posted);
  };

  it('is taken whole', () => {
    expect(parse({})).toEqual({ ok: true, form: whole });
  });

  it.each([
    ['reason', 'no'],
    ['reason', '\u200b\u200b\u200b\u200b\u200b\u200b'],
    ['reason', 'x'.repeat(2001)],
    ['confirmed', ''],
    ['count', 'many'],
  ])('is refused at the field %s', (name, value) => {
    const parsed = parse({ [name]: value });
    expect(parsed.ok ? {} : Object.keys(parsed.errors)).toEqual([name]);
  });
});
