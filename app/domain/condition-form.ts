import { z } from 'zod';
import { isReadable } from './readable.ts';

/** What the form beside a condition sends. */
export const conditionFormSchema = z.object({
  conditionId: z.string().regex(/^\d{1,18}$/, 'The form is incomplete: load the page again.'),
  note: z
    .string()
    .trim()
    .min(5, 'Say how you know that it is met, in at least 5 characters.')
    .refine(isReadable, 'Say how you know that it is met, in words that can be read.')
    .max(2000, 'The note has at most 2,000 characters.'),
});
export type ConditionForm = z.infer<typeof conditionFormSchema>;

/** Reads a posted form about a condition. */
export function parseConditionForm(
  posted: FormData,
): { ok: true; form: ConditionForm } | { ok: false; message: string } {
  const parsed = conditionFormSchema.safeParse(Object.fromEntries(posted));
  if (parsed.success) return { ok: true, form: parsed.data };
  return { ok: false, message: parsed.error.issues[0]?.message ?? 'Nothing was saved.' };
}
