import { changeHoliday, type HolidayChange } from './change-holiday.server.ts';

/** Makes a holiday a day like others again. */
export function removeHoliday(change: HolidayChange) {
  const words = {
    done: 'is no holiday any more.',
    late: 'is no holiday any more: somebody was faster.',
  };
  return changeHoliday('holiday.removed', change, words, async (tx, day) => {
    const found = await tx.holiday.findUnique({ where: { day } });
    const { count } = await tx.holiday.deleteMany({ where: { day } });
    return found && count === 1 ? found.name : null;
  });
}
