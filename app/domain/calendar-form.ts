import { z } from 'zod';
import { isReadable } from './readable.ts';
import { plannedDayOf } from './day-field.ts';

const day = plannedDayOf('Choose the day of the holiday.');

/** What the buttons of the calendar ask for. */
export const calendarFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('add-holiday'),
    day,
    name: z
      .string()
      .trim()
      .min(1, 'Give the holiday its name.')
      .max(100, 'A name of a holiday has at most 100 characters.')
      .refine(isReadable, 'Give the holiday a name that can be read.'),
  }),
  z.object({ intent: z.literal('remove-holiday'), day }),
]);
