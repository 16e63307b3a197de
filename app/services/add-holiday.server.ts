import { changeHoliday, type HolidayChange } from './change-holiday.server.ts';

/** Makes a day a holiday, on which the decision clock stands still. */
export function addHoliday(change: HolidayChange & { name: string }) {
  const { name } = change;
  const words = { done: 'is a holiday now.', late: 'is a holiday already.' };
  return changeHoliday('holiday.added', change, words, async (tx, day) => {
    const { count } = await tx.holiday.createMany({ data: { day, name }, skipDuplicates: true });
    return count === 1 ? name : null;
  });
}
