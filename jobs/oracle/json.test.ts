import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberToken, readCollection } from './json.ts';

const page = (items: string) =>
  `{"items":[${items}],"count":1,"hasMore":false,"limit":25,"offset":0,"links":[]}`;

describe('reading a collection', () => {
  it('gives every record its own text, whatever stands inside', () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 6 });
    fc.assert(
      fc.property(records, (items) => {
        const texts = items.map((item) => JSON.stringify(item));
        const read = readCollection(page(texts.join(' , '))).records;
        expect(read.map((record) => record.text.trim())).toEqual(texts);
        expect(read.map((record) => record.value)).toEqual(
          texts.map((text) => JSON.parse(text) as unknown),
        );
      }),
    );
  });

  it('is not misled by a key named items deeper down or in a text', () => {
    const text = `{"note":"\\"items\\":[1]","links":[{"items":[2]}],"items" : [ {"a":1} ]}`;
    expect(readCollection(text).records).toEqual([{ text: ' {"a":1} ', value: { a: 1 } }]);
  });

  it('takes a missing list for an empty page only where the count says so', () => {
    expect(readCollection('{"count":0}').records).toEqual([]);
    expect(() => readCollection('{"count":3}')).toThrow(SyntaxError);
  });

  it.each([
    '',
    '<html></html>',
    '[]',
    'null',
    '{"items":[{"a":1}',
    '{"items":[{"a":1},]}',
    '{"items":[1 2]}',
    '{"items":{}}',
    '{"items":[{"a":1}}}',
    '{"items":[],"items":[{"a":1}]}',
    '{"items":[{"a":1}],"items":null}',
    '{"items":null}',
    '{"title":"Error","status":"500","o:errorDetails":[]}',
  ])('refuses %j', (text) => expect(() => readCollection(text)).toThrow(SyntaxError));

  it('keeps what the server says of the page, and null where it says nothing', () => {
    expect(readCollection(page(''))).toMatchObject({ limit: 25, count: 1, hasMore: false });
    expect(readCollection('{"items":[]}')).toMatchObject({
      limit: null,
      count: null,
      hasMore: null,
    });
  });
});

describe('the token of a number', () => {
  const token = (text: string, name: string) => numberToken(text, name);

  it.each([
    ['{"OptyId":300000041122372646,"b":1}', '300000041122372646'],
    ['{"OptyId" : 300000041122372647 }', '300000041122372647'],
    ['{"Opty\\u0049d":300000041122372648}', '300000041122372648'],
    ['{"child":{"OptyId":1},"OptyId":300000041122372649}', '300000041122372649'],
    ['{"OptyId":1,"OptyId":1000.50}', '1000.50'],
    ['{"OptyId":1.0E7}', '1.0E7'],
    ['{"child":{"OptyId":300000000000000001},"OptyId" :300000000000000002}', '300000000000000002'],
    ['{"text":"\\"OptyId\\":5","OptyId":7}', '7'],
  ])('in %s is %s', (text, expected) => expect(token(text, 'OptyId')).toBe(expected));
});
