import { expect, it } from 'vitest';
import { wordsFor } from './sign-in-words.ts';

const said = (id: number, context: Record<string, unknown> | null, text = 'theirs') =>
  wordsFor({ id, text, type: 'error', context });

it.each([
  [4000003, { min_length: 3, actual_length: 2 }, 'Use at least 3 characters.'],
  [4000017, { max_length: 320, actual_length: 400 }, 'Use at most 320 characters.'],
  [4000032, { min_length: 8, actual_length: 5 }, 'Use at least 8 characters.'],
  [4000033, { max_length: 72, actual_length: 80 }, 'Use at most 72 characters.'],
  [4000004, { pattern: '^[a-z]+$' }, 'This is not written the way it has to be.'],
])('turns message %i into words of ours', (id, context, words) => {
  expect(said(id, context, 'length must be >= 3, but got 2')).toBe(words);
});

it.each([4000003, 4000017, 4000032, 4000033])(
  'keeps their words where %i tells no figure',
  (id) => {
    expect(said(id, null)).toBe('theirs');
    expect(said(id, { min_length: '3', max_length: {} })).toBe('theirs');
  },
);

it('keeps their words for a message nobody here knows', () => {
  expect(said(4999999, { reason: 'x' })).toBe('theirs');
});
