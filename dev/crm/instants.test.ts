import { describe, expect, it } from 'vitest';
import { formatInstant, parseDay, parseInstant } from './instants.ts';

const base = Date.UTC(2024, 1, 29, 10, 20, 30) * 1000;

describe('instants', () => {
  it.each([
    ['2024-02-29T10:20:30+00:00', base],
    ['2024-02-29T10:20:30Z', base],
    ['2024-02-29T10:20:30', base],
    ['2024-02-29 10:20:30', base],
    ['2024-02-29T10:20:30.5+00:00', base + 500_000],
    ['2024-02-29T10:20:30.000001Z', base + 1],
    ['2024-02-29T03:20:30-07:00', base],
    ['2024-02-29T15:50:30.000+05:30', base],
    ['2024-02-29', Date.UTC(2024, 1, 29) * 1000],
  ])('reads %s', (text, micros) => {
    expect(parseInstant(text)).toBe(micros);
  });

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-01-01T25:00:00Z',
    '2024-01-01T00:00:00 00:00',
    '5',
    '',
  ])('knows that %s is no instant', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('cuts a day out of a timestamp', () => {
    expect(parseDay('2024-02-29T23:00:00.000+00:00')).toBe('2024-02-29');
    expect(parseDay('2024-02-30')).toBeNull();
  });

  it('spells one instant in several ways that mean the same', () => {
    const instant = Date.UTC(2024, 5, 1, 1, 2, 3, 456);
    expect(formatInstant(instant, 'plain')).toBe('2024-06-01T01:02:03+00:00');
    expect(formatInstant(instant, 'pacificFraction')).toBe('2024-05-31T18:02:03.456-07:00');
    expect(parseInstant(formatInstant(instant, 'india'))).toBe(instant * 1000);
  });
});
