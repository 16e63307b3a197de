import { describe, expect, it } from 'vitest';
import { formatDuePlace, formatWorkPlace, parseDuePlace, parseWorkPlace } from './work-place.ts';

describe('a place in a list of work', () => {
  it('is read as it was written', () => {
    const place = { micros: '1793264400123456', id: '42' };
    expect(parseWorkPlace(formatWorkPlace(place))).toEqual(place);
  });

  it.each([
    '',
    '1',
    '1.',
    '.1',
    '1.2.3',
    '-1.2',
    '1.x',
    `${'9'.repeat(18)}.1`,
    `1.${'9'.repeat(19)}`,
  ])('is not %j', (text) => expect(parseWorkPlace(text)).toBeNull());
});

describe('a place among conditions', () => {
  it('is read as it was written', () => {
    const place = { due: '2027-02-28', id: '42' };
    expect(parseDuePlace(formatDuePlace(place))).toEqual(place);
  });

  it.each([
    '',
    '2027-02-28',
    '2027-02-28.',
    '2027-02-30.1',
    '0000-00-00.1',
    '20270228.1',
    '2027-02-28.x',
  ])('is not %j', (text) => expect(parseDuePlace(text)).toBeNull());
});
