import { expect, it } from 'vitest';
import { indentJson } from './json-text.ts';

it.each([
  { a: 1, b: [1, 2, { c: null }], d: {}, e: [], f: 'x, {y}: [z] "q" \\ \n' },
  [],
  'text',
  [[[]], { a: { b: {} } }],
])('indents as JSON.stringify does: %j', (value) => {
  expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
});

it('keeps a number that no JavaScript number holds', () => {
  expect(indentJson('{"OptyId": 300000123456789013, "Revenue": 1.10}')).toBe(
    '{\n  "OptyId": 300000123456789013,\n  "Revenue": 1.10\n}',
  );
});
