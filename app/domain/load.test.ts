import { expect, it } from 'vitest';
import { capacity, fullnessOf, loadWords } from './load.ts';

it.each([
  [0, 0, 'free', 'free'],
  [2, 0, 'free', '2 open'],
  [capacity, 1, 'full', '5 open, 1 due'],
  [capacity + 1, 0, 'over', '6 open, over the capacity of 5'],
])('%i open sheets of which %i are due', (open, due, fullness, words) => {
  expect(fullnessOf({ open })).toBe(fullness);
  expect(loadWords({ open, due, awaited: false })).toBe(words);
  expect(loadWords({ open, due, awaited: true })).toBe(`${words}, not signed in yet`);
});
