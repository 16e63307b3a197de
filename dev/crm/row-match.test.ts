import { describe, expect, it } from 'vitest';
import { QueryError } from './query.ts';
import { parseRowMatch, tokenize } from './row-match.ts';

const attribute = (name: string, upper = false) => ({ name, upper });
const number = (text: string) => ({ text, quoted: false });
const text = (value: string) => ({ text: value, quoted: true });

describe('row match', () => {
  it('cuts a filter into tokens and knows where each lies', () => {
    expect(tokenize("a >= 'x''y'")).toEqual([
      { kind: 'word', text: 'a', at: 0 },
      { kind: 'sign', text: '>=', at: 2 },
      { kind: 'string', text: "x'y", at: 5 },
      { kind: 'end', text: 'the end', at: 11 },
    ]);
  });

  it('binds AND tighter than OR, and parentheses tightest', () => {
    const a = { kind: 'compare', attribute: attribute('A'), operator: '=', value: number('1') };
    const b = { kind: 'compare', attribute: attribute('B'), operator: '!=', value: number('2') };
    const c = { kind: 'compare', attribute: attribute('C'), operator: '<', value: text('x') };
    expect(parseRowMatch("A = 1 or B <> 2 and C < 'x'")).toEqual({
      kind: 'or',
      parts: [a, { kind: 'and', parts: [b, c] }],
    });
    expect(parseRowMatch("(A = 1 OR B != 2) AND C < 'x'")).toEqual({
      kind: 'and',
      parts: [{ kind: 'or', parts: [a, b] }, c],
    });
  });

  it('reads LIKE, IN, BETWEEN and IS NULL with their negations', () => {
    expect(parseRowMatch("UPPER(Name) NOT LIKE 'SA%'")).toEqual({
      kind: 'like',
      attribute: attribute('Name', true),
      pattern: 'SA%',
      negated: true,
    });
    expect(parseRowMatch("StatusCode in ('WON','LOST')")).toEqual({
      kind: 'in',
      attribute: attribute('StatusCode'),
      values: [text('WON'), text('LOST')],
      negated: false,
    });
    expect(parseRowMatch('WinProb BETWEEN 10 AND 30')).toEqual({
      kind: 'between',
      attribute: attribute('WinProb'),
      low: number('10'),
      high: number('30'),
      negated: false,
    });
    expect(parseRowMatch('Practice_c IS NOT NULL')).toEqual({
      kind: 'null',
      attribute: attribute('Practice_c'),
      negated: true,
    });
  });

  it('keeps every digit of an identifier', () => {
    expect(parseRowMatch('OptyId > 300000041122334455')).toMatchObject({
      value: number('300000041122334455'),
    });
  });

  it.each([
    'OptyId>5;StatusCode=OPEN',
    'LastUpdateDate>=2018-02-01 and <2018-04-09',
    'StatusCode=OPEN',
    'Name = "x"',
    "Name = 'open",
    '(A = 1',
    'A = 1)',
    'A = 1 B = 2',
    'A IN ()',
    'A IS 5',
    'NOT A = 1',
    'A',
    '',
  ])('refuses %s', (source) => {
    expect(() => parseRowMatch(source)).toThrow(QueryError);
  });
});
