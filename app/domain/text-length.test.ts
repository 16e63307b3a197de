import { expect, it } from 'vitest';
import { groupDigits, nearnessOf, withPlainLines } from './text-length.ts';

it.each([
  [0, null],
  [1799, null],
  [1800, 'near'],
  [2000, 'near'],
  [2001, 'over'],
] as const)('%i characters of 2,000 are %s', (length, nearness) =>
  expect(nearnessOf(length, 2000)).toBe(nearness),
);

it('counts an end of a line once, whatever a browser makes of it', () =>
  expect(withPlainLines('a\r\nb\rc\nd')).toBe('a\nb\nc\nd'));

it.each([
  [950, '950'],
  [2000, '2,000'],
  [1234567, '1,234,567'],
])('writes %i as %s', (count, words) => expect(groupDigits(count)).toBe(words));
