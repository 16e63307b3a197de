import { describe, expect, it } from 'vitest';
import { readRecord } from './json.ts';
import { risingFrom } from './rising.ts';

const sent = (...ids: (number | null)[]) =>
  ids.map((id) => readRecord(id === null ? '{"Name":"no id"}' : `{"OptyId":${id}}`));
const read = (after: number, ...ids: (number | null)[]) => {
  const { records, cursor } = risingFrom(sent(...ids), { after: BigInt(after) });
  return [records.length, Number(cursor)];
};

describe('the records of a page', () => {
  it.each([
    ['rise from where the page was asked for', 5, [6, 7, 9], [3, 9]],
    ['are none on an empty page', 5, [], [0, 5]],
    ['may lack a usable id among the others', 5, [6, null, 8], [3, 8]],
    ['may all lack one, and lead nowhere', 5, [null, null], [2, 5]],
    ['may begin with rows sent before', 5, [4, 5, 6], [1, 6]],
    ['may hold a row twice in a row', 5, [6, 6, 7], [2, 7]],
  ])('%s', (_name, after, ids, expected) => expect(read(after, ...ids)).toEqual(expected));

  it.each([
    ['do not rise', 5, [7, 6]],
    ['go back to what was sent before', 5, [6, 4, 7]],
    ['begin with rows sent before that do not rise', 5, [5, 4, 6]],
    ['hold nothing new', 5, [4, 5]],
  ])('are refused where they %s', (_name, after, ids) =>
    expect(() => read(after, ...ids)).toThrow(/ignores the order or the filter/),
  );

  it('are refused where one id comes with two contents', () => {
    const two = [...sent(6), readRecord('{"OptyId":6,"Name":"another"}')];
    expect(() => risingFrom(two, { after: 5n })).toThrow(/OptyId 6 twice on one page, differently/);
  });
});
