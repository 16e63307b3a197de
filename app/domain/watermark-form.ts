import { z } from 'zod';
import { dayOf } from './day-field.ts';
import { isReadable } from './readable.ts';
import { isZone } from './typed-instant.ts';

const longestReason = 500;
const reason = z
  .string()
  .trim()
  .max(longestReason, `A reason has at most ${longestReason} characters.`)
  .refine((text) => text === '' || isReadable(text), 'Write a reason that can be read.');

/** What the forms of the watermark's page ask for. */
export const watermarkFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('set-back'),
    to: z.string().trim().min(1, 'Say where to set it back to.').max(40),
    zone: z.string().max(60).refine(isZone, 'This is no time zone.').default('UTC'),
    /** The last change of the watermark that the page showed; none is 0. */
    seen: z.string().regex(/^\d{1,18}$/),
    reason: reason.min(1, 'Say why; it is kept in the history and in the audit.'),
  }),
  z.object({
    intent: z.literal('backfill'),
    from: dayOf('Choose the first day.'),
    to: dayOf('Choose the last day.'),
    reason: reason.default(''),
  }),
  z.object({ intent: z.literal('sweep') }),
  z.object({ intent: z.literal('delta') }),
  z.object({ intent: z.literal('dry-run'), mode: z.enum(['FULL', 'INCREMENTAL']) }),
]);
export type WatermarkForm = z.infer<typeof watermarkFormSchema>;
