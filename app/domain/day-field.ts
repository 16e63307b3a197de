import { z } from 'zod';
import { whyNoDay, whyNoPlannedDay } from './day.ts';

/** A form's field for a day that exists; `missing` is said where none was given. */
export function dayOf(missing: string) {
  return field(missing, whyNoDay);
}

/** A form's field for a day that people plan with, in a year that anybody could mean. */
export function plannedDayOf(missing: string) {
  return field(missing, whyNoPlannedDay);
}

function field(missing: string, whyNot: typeof whyNoDay) {
  return z
    .string(missing)
    .trim()
    .superRefine((text, context) => {
      const message = whyNot(text, missing);
      if (message) context.addIssue({ code: 'custom', message });
    });
}
