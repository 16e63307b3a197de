import { expect, it } from 'vitest';
import { calendarFormSchema } from './calendar-form.ts';

it.each([
  ['9999-12-31', '31 Dec 9999 is too far ahead: choose a day before 2200.'],
  ['0000-01-01', '1 Jan 0000 is too long ago: choose a day after 1899.'],
  ['2027-02-30', '2027-02-30 is not a day that exists.'],
  ['', 'Choose the day of the holiday.'],
])('says what is wrong with the holiday “%s”', (day, words) => {
  const parsed = calendarFormSchema.safeParse({ intent: 'add-holiday', day, name: 'Carnival' });
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual([words]);
});
