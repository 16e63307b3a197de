import { describe, expect, it } from 'vitest';
import { keyAction } from './use-sheet-keys.ts';

describe('a key in a criterion', () => {
  it.each([
    ['0', null, { rate: 0 }],
    ['3', null, { rate: 6 }],
    ['5', 2, { rate: 10 }],
    ['.', 6, { rate: 7 }],
    [',', 7, { rate: 8 }],
    ['.', 10, { rate: 10 }],
    ['.', null, null],
    ['Delete', 6, { rate: null }],
    ['n', null, { go: 'note' }],
    ['r', 6, { go: 'reasons' }],
    ['6', 6, null],
    ['Enter', 6, null],
    [' ', 6, null],
  ])('%s at %s', (key, rating, action) => {
    expect(keyAction(key, rating)).toEqual(action);
  });
});
