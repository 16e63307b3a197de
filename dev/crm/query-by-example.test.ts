import { describe, expect, it } from 'vitest';
import { parseQueryByExample } from './query-by-example.ts';
import { QueryError, type Condition, type Operator } from './query.ts';

function compare(name: string, operator: Operator, text: string, quoted = false): Condition {
  return { kind: 'compare', attribute: { name, upper: false }, operator, value: { text, quoted } };
}

describe('query by example', () => {
  it('reads one comparison, quoted or not', () => {
    expect(parseQueryByExample('StatusCode=OPEN')).toEqual(compare('StatusCode', '=', 'OPEN'));
    expect(parseQueryByExample("StatusCode='OPEN'")).toEqual(
      compare('StatusCode', '=', 'OPEN', true),
    );
    expect(parseQueryByExample('Name="a; b"')).toEqual(compare('Name', '=', 'a; b', true));
  });

  it('repeats the operator but not the attribute inside one expression', () => {
    expect(parseQueryByExample('LastUpdateDate>=2018-02-01 and <2018-04-09')).toEqual({
      kind: 'and',
      parts: [
        compare('LastUpdateDate', '>=', '2018-02-01'),
        compare('LastUpdateDate', '<', '2018-04-09'),
      ],
    });
  });

  it('binds and tighter than or', () => {
    expect(parseQueryByExample('WinProb>80 or >=10 and <=30')).toEqual({
      kind: 'or',
      parts: [
        compare('WinProb', '>', '80'),
        { kind: 'and', parts: [compare('WinProb', '>=', '10'), compare('WinProb', '<=', '30')] },
      ],
    });
  });

  it('joins expressions by semicolons and tolerates one at the end', () => {
    expect(parseQueryByExample('OptyId>5;StatusCode!=LOST;')).toEqual({
      kind: 'and',
      parts: [compare('OptyId', '>', '5'), compare('StatusCode', '!=', 'LOST')],
    });
  });

  it('doubles a quote to write it', () => {
    expect(parseQueryByExample("Name='Client''s'")).toEqual(compare('Name', '=', "Client's", true));
  });

  it('tests for null, and matches a pattern without an operator', () => {
    const attribute = { name: 'Name', upper: false };
    expect(parseQueryByExample('Name!=null')).toEqual({ kind: 'null', attribute, negated: true });
    expect(parseQueryByExample('Name=null')).toEqual({ kind: 'null', attribute, negated: false });
    expect(parseQueryByExample('Name SA*')).toEqual({
      kind: 'like',
      attribute,
      pattern: 'SA*',
      negated: false,
    });
  });

  it.each([
    "StatusCode='OPEN' AND LastUpdateDate > '2024-01-01'",
    'OptyId > 5 AND OptyId < 9',
    "Name LIKE 'SA%'",
    'OptyId IN (1,2)',
    'Practice_c IS NOT NULL',
    "(StatusCode='OPEN')",
    'Name=two words',
    "Name='open",
    'OptyId>',
    '>5',
    '',
    ';',
  ])('refuses %s', (source) => {
    expect(() => parseQueryByExample(source)).toThrow(QueryError);
  });
});
