import { expect, it } from 'vitest';
import { absenceValue, standInFormSchema } from './stand-in-form.ts';

const userId = '5f0e7a52-8c7e-4a39-9d53-0d0f5c1a2b3c';
const named = {
  intent: 'name',
  absence: absenceValue({ userId, role: 'MANAGER' }),
  standInId: userId,
  from: '2026-11-25',
  to: '2026-12-01',
};

it('reads who is away in which role', () => {
  expect(standInFormSchema.parse(named)).toMatchObject({ absence: [userId, 'MANAGER'] });
});

it.each([
  ['to', '', 'Choose the last day.'],
  ['to', undefined, 'Choose the last day.'],
  ['to', 'soon', 'Choose the last day.'],
  ['to', '2026-11-31', '2026-11-31 is not a day that exists.'],
  ['from', '', 'Choose the first day.'],
  ['from', '2027-02-29', '2027-02-29 is not a day that exists.'],
  ['absence', 'nobody', 'Choose who is away.'],
  ['standInId', '7', 'Choose who stands in.'],
])('says what is wrong with %s: %s', (field, text, message) => {
  const parsed = standInFormSchema.safeParse({ ...named, [field]: text });
  expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it.each(['9999-12-31', '0001-01-01'])('leaves the day %s to the rules of standing in', (day) => {
  expect(standInFormSchema.safeParse({ ...named, to: day }).success).toBe(true);
});
