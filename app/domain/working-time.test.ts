import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterWorking,
  beforeWorking,
  parseWorkingHours,
  workingCalendar,
  workingTime,
  type WorkingHours,
} from './working-time.ts';

const hours = (text: string): WorkingHours => {
  const parsed = parseWorkingHours(text);
  if (!parsed) throw new Error(`${text} are no working hours.`);
  return parsed;
};
const office = hours('Mon-Fri 09:00-17:00');
const berlin = workingCalendar(office, 'Europe/Berlin', new Set(['2026-12-25', '2027-01-01']));
const minutes = (from: string, to: string, calendar = berlin) =>
  workingTime(new Date(from), new Date(to), calendar) / 60_000;

describe('the working hours of the environment', () => {
  it.each([
    ['Mon-Fri 09:00-17:00', [1, 2, 3, 4, 5], 540, 1020],
    ['Sun-Thu 08:30-16:00', [0, 1, 2, 3, 4], 510, 960],
    ['Fri-Mon,Wed 00:00-24:00', [5, 6, 0, 1, 3], 0, 1440],
  ])('are read from %s', (text, days, opens, closes) => {
    const parsed = hours(text);
    expect([...parsed.days]).toEqual(days);
    expect(parsed).toMatchObject({ opens, closes });
  });

  it.each(['', 'Mon-Fri', 'Mon-Fri 17:00-09:00', 'Foo-Fri 09:00-17:00', 'Mon-Fri 09:60-17:00'])(
    'are refused as %j',
    (text) => expect(parseWorkingHours(text)).toBeNull(),
  );

  it.each(['Mon-Fri 09:00-25:00', 'Mon-Fri,, 09:00-17:00', 'Mon-Fri 9:00-17:00'])(
    'are refused as %j too',
    (text) => expect(parseWorkingHours(text)).toBeNull(),
  );
});

describe('working time', () => {
  it('counts from opening to closing, whatever lies around', () => {
    expect(minutes('2026-11-24T00:00:00Z', '2026-11-24T23:00:00Z')).toBe(480);
    expect(minutes('2026-11-24T10:30:00Z', '2026-11-24T11:15:00Z')).toBe(45);
    expect(minutes('2026-11-24T15:59:00Z', '2026-11-25T08:01:00Z')).toBe(2);
  });

  it('leaves out weekends and holidays', () => {
    expect(minutes('2026-11-27T15:00:00Z', '2026-11-30T09:00:00Z')).toBe(120);
    expect(minutes('2026-12-24T15:00:00Z', '2026-12-28T09:00:00Z')).toBe(120);
  });

  it('keeps to the clock on the wall where it changes', () => {
    // Berlin goes from +1 to +2 on 28 March and back on 31 October 2027.
    expect(minutes('2027-03-26T15:00:00Z', '2027-03-29T08:00:00Z')).toBe(120);
    expect(minutes('2027-10-29T14:00:00Z', '2027-11-01T09:00:00Z')).toBe(120);
  });

  it('is as long as the day really was where people work through the change', () => {
    const always = workingCalendar(hours('Sun-Sat 00:00-24:00'), 'Europe/Berlin', new Set());
    expect(minutes('2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z', always)).toBe(23 * 60);
    expect(minutes('2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z', always)).toBe(25 * 60);
    expect(minutes('2027-03-01T00:00:00Z', '2027-12-01T00:00:00Z', always)).toBe(275 * 24 * 60);
  });

  it('is the same from either side of the date line', () => {
    const auckland = workingCalendar(office, 'Pacific/Auckland', new Set());
    const honolulu = workingCalendar(office, 'Pacific/Honolulu', new Set());
    expect(minutes('2026-11-22T20:00:00Z', '2026-11-23T04:00:00Z', auckland)).toBe(480);
    expect(minutes('2026-11-23T19:00:00Z', '2026-11-24T03:00:00Z', honolulu)).toBe(480);
  });

  it('ends nowhere where nobody ever works', () => {
    const every = Array.from({ length: 4000 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    const idle = workingCalendar(office, 'UTC', new Set(every));
    expect(afterWorking(new Date('2026-02-01T00:00:00Z'), 60_000, idle)).toBeNull();
    expect(beforeWorking(new Date('2035-01-01T00:00:00Z'), 60_000, idle)?.getTime()).toBeLessThan(
      Date.UTC(2026, 0, 1),
    );
  });
});

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo', 'UTC'];
const weeks = ['Mon-Fri 09:00-17:00', 'Sun-Sat 00:00-24:00', 'Sat-Tue 01:30-03:15'];
const calendars = fc
  .record({ zone: fc.constantFrom(...zones), week: fc.constantFrom(...weeks) })
  .map(({ zone, week }) => workingCalendar(hours(week), zone, new Set(['2018-06-01'])));
// Years in which São Paulo's clock jumped at midnight.
const instants = fc.date({
  min: new Date('2017-01-01T00:00:00Z'),
  max: new Date('2019-06-01T00:00:00Z'),
  noInvalidDate: true,
});
const few = { numRuns: 150 };

describe('working time in general', () => {
  it('adds up over any instant in between', () => {
    fc.assert(
      fc.property(calendars, fc.array(instants, { minLength: 3, maxLength: 3 }), (calendar, at) => {
        const [a, b, c] = at.sort((one, other) => one.getTime() - other.getTime()) as [
          Date,
          Date,
          Date,
        ];
        const parts = workingTime(a, b, calendar) + workingTime(b, c, calendar);
        expect(parts).toBe(workingTime(a, c, calendar));
      }),
      few,
    );
  });

  it('never shrinks as time goes on, nor grows faster than it', () => {
    fc.assert(
      fc.property(calendars, instants, fc.nat(40 * 86_400_000), (calendar, from, span) => {
        const to = new Date(from.getTime() + span);
        const worked = workingTime(from, to, calendar);
        expect(worked).toBeGreaterThanOrEqual(0);
        expect(worked).toBeLessThanOrEqual(span);
        const later = new Date(to.getTime() + 3_600_000);
        expect(workingTime(from, later, calendar)).toBeGreaterThanOrEqual(worked);
      }),
      few,
    );
  });

  it('is found again by going as far forwards or backwards', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 200 }), (calendar, at, count) => {
        const ms = count * 60_000;
        const ahead = afterWorking(at, ms, calendar) ?? at;
        const behind = beforeWorking(at, ms, calendar) ?? at;
        expect(workingTime(at, ahead, calendar)).toBe(ms);
        expect(workingTime(behind, at, calendar)).toBe(ms);
      }),
      few,
    );
  });

  it('is none on weekends', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.nat(47 * 60), (week, minute) => {
        const saturday = Date.UTC(2017, 0, 7) + week * 7 * 86_400_000;
        const calendar = workingCalendar(office, 'UTC', new Set());
        const from = new Date(saturday + minute * 60_000);
        expect(workingTime(from, new Date(saturday + 2 * 86_400_000), calendar)).toBe(0);
      }),
      few,
    );
  });
});
