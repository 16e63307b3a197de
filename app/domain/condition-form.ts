import { z } from 'zod';

/** What the button beside a condition sends. */
export const conditionFormSchema = z.object({
  intent: z.literal('meet-condition'),
  conditionId: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  note: z
    .string()
    .trim()
    .min(5, 'Say how you know that it is met, in at least 5 characters.')
    .max(2000, 'The note has at most 2,000 characters.'),
});
