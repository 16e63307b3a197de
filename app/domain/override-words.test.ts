import { expect, it } from 'vitest';
import { overrideWords } from './override-words.ts';

it.each([
  ['GO', 'GO', [], ''],
  ['GO', 'NO_GO', ['recommendation'], 'against the recommendation'],
  ['NO_GO', 'GO', ['band', 'recommendation'], 'against the band and the recommendation'],
  ['GO', 'CONDITIONAL', ['recommendation'], 'against the recommendation'],
  ['CONDITIONAL_GO', 'NO_GO', ['recommendation'], 'against the recommendation'],
  ['CONDITIONAL_GO', 'GO', ['recommendation'], 'stricter than recommended'],
  [
    'CONDITIONAL_GO',
    'GO',
    ['knock-out', 'recommendation'],
    'against the knock-out, stricter than recommended',
  ],
  ['CONDITIONAL_GO', undefined, ['recommendation'], 'against the recommendation'],
] as const)('says of %s where %s was recommended and %j overridden', (...row) => {
  const [verdict, recommended, overrides, words] = row;
  expect(overrideWords(overrides, { verdict, recommended })).toBe(words);
});
