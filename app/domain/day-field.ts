import { z } from 'zod';
import { whyNoDay } from './day.ts';

/** A form's field for a day that exists; `missing` is said where none was given. */
export function dayOf(missing: string) {
  return z
    .string(missing)
    .trim()
    .superRefine((text, context) => {
      const message = whyNoDay(text, missing);
      if (message) context.addIssue({ code: 'custom', message });
    });
}
