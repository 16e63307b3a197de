import { describe, expect, it } from 'vitest';
import { readInstant } from './typed-instant.ts';
import { whyNotBackfill, whyNotSetBack, whyNoTime } from './watermark.ts';

const now = new Date('2027-03-01T12:00:00Z');
const watermark = new Date('2027-03-01T11:00:00Z');

describe('setting the watermark back', () => {
  it.each([
    ['2027-03-01T10:59:59Z', null],
    ['1970-01-01T00:00:00Z', null],
    ['1969-12-31T23:59:59Z', /1970 at the earliest/],
    ['2027-03-01T11:00:00Z', /already/],
    ['2027-03-01T11:00:01Z', /ahead of the watermark/],
    ['2027-03-01T12:00:01Z', /future/],
  ] as const)('to %s', (to, words) => {
    const refusal = whyNotSetBack(new Date(to), { watermark, now });
    if (words === null) expect(refusal).toBeNull();
    else expect(refusal).toMatch(words);
  });
});

describe('a time that cannot be read', () => {
  it.each([
    ['2026-02-30', '2026-02-30 is not a day that exists.'],
    ['2026-02-30T10:00', '2026-02-30 is not a day that exists.'],
    ['2026-13-01', '2026-13-01 is not a day that exists.'],
    ['0001-01-01T00:00', 'The watermark can be set back to 1970 at the earliest.'],
    ['1800-05-01', 'The watermark can be set back to 1970 at the earliest.'],
    ['2300-01-01', 'This lies in the future. Everything that changes until then would be skipped.'],
    ['soon', 'Write a date, or a date and a time: 2027-03-01 or 2027-03-01 14:30.'],
    ['2026-02-03T25:00', 'Write a date, or a date and a time: 2027-03-01 or 2027-03-01 14:30.'],
    ['1800-01-01 noon', 'Write a date, or a date and a time: 2027-03-01 or 2027-03-01 14:30.'],
  ])('%s is answered with what is wrong with it', (typed, words) => {
    expect(readInstant(typed, 'UTC')).toBeNull();
    expect(whyNoTime(typed)).toBe(words);
  });
});

describe('the range of a backfill', () => {
  it.each([
    ['2027-02-01', '2027-02-01', {}],
    ['2027-02-01', '2027-03-01', {}],
    ['2026-03-01', '2027-03-01', {}],
    ['2026-02-28', '2027-03-01', { to: /367 days/ }],
    ['2027-02-02', '2027-02-01', { to: /before the first/ }],
    ['2027-03-01', '2027-03-02', { to: /still to come/ }],
    ['2027-03-02', '2027-03-02', { from: /still to come/ }],
    ['1969-12-31', '1970-01-01', { from: /before 1970/ }],
    ['0001-01-01', '1970-01-01', { from: /before 1970/ }],
  ] as const)('%s to %s', (from, to, errors) => {
    const found = whyNotBackfill({ from, to }, '2027-03-01');
    expect(Object.keys(found)).toEqual(Object.keys(errors));
    for (const [field, words] of Object.entries(errors)) {
      expect(found[field as 'from' | 'to']).toMatch(words);
    }
  });
});

describe('an instant as somebody types it', () => {
  it.each([
    ['2027-02-28', 'UTC', '2027-02-28T00:00:00.000Z'],
    ['2027-02-28', 'Europe/Berlin', '2027-02-27T23:00:00.000Z'],
    ['2027-02-28T09:30', 'Asia/Kolkata', '2027-02-28T04:00:00.000Z'],
    ['2027-02-28 09:30:15', 'UTC', '2027-02-28T09:30:15.000Z'],
    ['2027-02-28T09:30:15.250Z', 'Asia/Kolkata', '2027-02-28T09:30:15.000Z'],
    // Twice on that night the wall shows half past two; the first is meant.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2027-02-30', 'UTC', null],
    ['2027-02-28T24:00', 'UTC', null],
    ['2027-02-28T09', 'UTC', null],
    ['yesterday', 'UTC', null],
    ['99999-01-01', 'UTC', null],
    ['', 'UTC', null],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(readInstant(text, zone)?.toISOString() ?? null).toBe(instant);
  });
});
