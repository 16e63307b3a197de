import { z } from 'zod';
import { isReadable } from './readable.ts';
import { plannedDayOf } from './day-field.ts';
import { fieldsOf } from './typed-form.ts';

const words = (name: string, least = 1) =>
  z
    .string(`${name} is missing.`)
    .trim()
    .refine((text) => text === '' || isReadable(text), `${name} holds nothing that can be read.`)
    .min(least, least > 1 ? `${name} needs at least ${least} characters.` : `${name} is missing.`)
    .max(4000, `${name} has at most 4,000 characters.`);
const id = z
  .string('The form is incomplete: load the page again.')
  .regex(/^\d{1,18}$/, 'The form is incomplete: load the page again.');
const revision = z.coerce
  .number('The form is incomplete: load the page again.')
  .int()
  .nonnegative();

/** A condition of a decision, to be met by a day; what is wrong with it names its row on the form. */
const conditionSchema = z
  .object({ row: z.number(), condition: z.string(), due: z.string() })
  .transform(({ row, ...written }, context) => {
    const name = `Condition ${row}`;
    const missing = `${name} needs a day.`;
    const parsed = z
      .object({ condition: words(name), due: plannedDayOf(missing) })
      .safeParse(written);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      const named = message.startsWith(name) ? message : `${name}: ${message}`;
      context.addIssue({ code: 'custom', path: [...path], message: named });
    }
    return z.NEVER;
  });

/** What the buttons of the qualification send, but for the sheet itself. `revision` is the one the form was made on. */
const qualificationFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('assign'),
    revision,
    assessorId: z.guid('Choose a solution architect.'),
  }),
  z.object({ intent: z.literal('start'), revision }),
  z.object({ intent: z.literal('still-holds'), revision, assessmentId: id }),
  z.object({ intent: z.literal('renew'), revision, assessmentId: id }),
  z.object({
    intent: z.literal('return'),
    revision,
    assessmentId: id,
    reason: words('The reason', 5),
  }),
  z.object({
    intent: z.literal('recommend'),
    revision,
    assessmentId: id,
    verdict: z.enum(['GO', 'NO_GO', 'CONDITIONAL'], 'Choose GO, NO-GO or Conditional GO.'),
    rationale: words('The rationale', 5),
  }),
  z.object({
    intent: z.literal('decide'),
    revision,
    assessmentId: id,
    verdict: z.enum(['GO', 'NO_GO', 'CONDITIONAL_GO'], 'Choose GO, NO-GO or Conditional GO.'),
    /** Required where the verdict goes against band, knock-out or recommendation. */
    reason: z
      .string()
      .trim()
      .max(4000, 'The reason has at most 4,000 characters.')
      .refine(
        (text) => text === '' || isReadable(text),
        'The reason holds nothing that can be read.',
      )
      .default(''),
    conditions: z.array(conditionSchema).max(20, 'A decision has at most 20 conditions.'),
  }),
  z.object({ intent: z.literal('decline'), revision, reason: words('The reason', 5) }),
  z.object({
    intent: z.literal('hold'),
    revision,
    until: plannedDayOf('Choose the day until which it is on hold.'),
    reason: words('The reason', 5),
  }),
  z.object({ intent: z.literal('resume'), revision }),
  z.object({ intent: z.literal('reopen'), revision, reason: words('The reason', 5) }),
]);

export type QualificationForm = z.infer<typeof qualificationFormSchema>;

export type ParsedForm =
  | { ok: true; form: QualificationForm }
  | { ok: false; message: string; /** Words by field name. */ errors: Record<string, string> };

/** Reads a posted form. Rows of conditions that are empty throughout are no conditions. */
export function parseQualificationForm(posted: FormData): ParsedForm {
  const fields = fieldsOf(posted);
  const texts = posted.getAll('condition').map(String);
  const dues = posted.getAll('due').map(String);
  const conditions = texts
    .map((condition, index) => ({ row: index + 1, condition, due: dues[index] ?? '' }))
    .filter(({ condition, due }) => condition.trim() !== '' || due !== '');
  const parsed = qualificationFormSchema.safeParse({ ...fields, conditions });
  if (parsed.success) return { ok: true, form: parsed.data };
  const known = qualificationFormSchema.options.some(
    ({ shape }) => shape.intent.value === fields.intent,
  );
  if (!known) {
    return { ok: false, message: 'That was not understood: nothing was changed.', errors: {} };
  }
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= message;
  return { ok: false, message: Object.values(errors)[0] ?? 'Nothing was changed.', errors };
}
