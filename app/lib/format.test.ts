import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDecimal,
  formatDuration,
  formatSpan,
  momentIn,
  sentenceCase,
} from './format.ts';

describe('formatting a decimal', () => {
  it.each([
    ['0', '0'],
    ['12', '12'],
    ['999', '999'],
    ['1000', '1,000'],
    ['1234567.5', '1,234,567.50'],
    ['1234567.00', '1,234,567'],
    ['0.125', '0.125'],
    ['-1500.10', '−1,500.10'],
    ['-0.07', '−0.07'],
  ])('shows %s as %s', (value, shown) => expect(formatDecimal(value)).toBe(shown));

  it('keeps every digit of an amount beyond what a double holds', () => {
    expect(formatDecimal('90071992547409931234.123456789')).toBe(
      '90,071,992,547,409,931,234.123456789',
    );
  });

  it('leaves what is no decimal alone', () => expect(formatDecimal('n/a')).toBe('n/a'));
});

describe('formatting times', () => {
  it('shows a CRM date on the day it names', () => {
    expect(formatDay('2027-03-01')).toBe('1 Mar 2027');
    expect(formatDay(new Date('2027-03-01T00:00:00Z'))).toBe('1 Mar 2027');
  });

  it('shows an instant in the zone asked for, across midnight', () => {
    const late = new Date('2026-12-31T23:30:05Z');
    expect(momentIn(late, 'UTC')).toEqual({
      day: '31 Dec 2026',
      time: '23:30',
      seconds: '23:30:05',
    });
    expect(momentIn(late, 'Asia/Dubai')).toEqual({
      day: '1 Jan 2027',
      time: '03:30',
      seconds: '03:30:05',
    });
  });

  it.each([
    [20_000, '< 1 min'],
    [-12 * 60_000, '12 min'],
    [119 * 60_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [72 * 3_600_000, '3 days'],
  ])('says %d ms is %s', (span, words) => expect(formatSpan(span)).toBe(words));

  it.each([
    [0.84, '0.8 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [4800, '1 h 20 min'],
  ])('says a run of %d s took %s', (seconds, words) => expect(formatDuration(seconds)).toBe(words));
});

it('turns codes into words', () => {
  expect(sentenceCase('SOLUTION_ARCHITECT')).toBe('Solution architect');
  expect(sentenceCase('dealValue')).toBe('Deal value');
});
