import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageWriter, projectionOf } from './page-writer.ts';
import { readRecord, textOf, tokensOf } from './record.ts';

function written(text: string, fields: string[] | null, quoteLongNumbers = false, extra = '') {
  const writer = new PageWriter();
  const bytes = Buffer.from(text);
  const projection = projectionOf(fields, { drop: [], quoteLongNumbers });
  writer.record({ bytes, start: 0, end: bytes.length }, projection, extra);
  return writer.finish().toString('utf8');
}

describe('records', () => {
  it('keep every digit of identifiers and amounts', () => {
    const text = '{"OptyId":300000041122334455,"Revenue":1234.50}';
    expect(readRecord(text)).toEqual({ OptyId: 300000041122334455n, Revenue: 1234.5 });
    expect(textOf(tokensOf(text))).toBe(text);
  });

  it('are cut apart and put together without loss, whatever they hold', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(value, fc.array(value))), (record) => {
        const text = JSON.stringify(record);
        expect(textOf(tokensOf(text))).toBe(text);
      }),
    );
  });

  it('are projected to the attributes asked for, in their own order', () => {
    const text = '{"A":1,"B":"x,\\"B\\":2}","C":null,"D":{"A":[1,2]}}';
    expect(written(text, ['D', 'B'])).toBe('{"B":"x,\\"B\\":2}","D":{"A":[1,2]}}');
    expect(written(text, [])).toBe('{}');
    expect(written(text, [], false, '"links":[]')).toBe('{"links":[]}');
    expect(written(text, null, false, '"links":[]')).toBe(`${text.slice(0, -1)},"links":[]}`);
  });

  it('have their long numbers quoted for framework 9', () => {
    const text = '{"A":300000041122334455,"B":300003312345678,"C":"1234567890123456"}';
    expect(written(text, null, true)).toBe(
      '{"A":"300000041122334455","B":300003312345678,"C":"1234567890123456"}',
    );
  });

  it('pass through as they are where they are no JSON', () => {
    expect(written('{"A":', ['A'])).toBe('{"A":');
  });
});
