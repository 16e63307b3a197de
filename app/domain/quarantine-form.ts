import { z } from 'zod';
import { isAttributeName, treatments } from './mapping-rule.ts';
import { isReadable } from './readable.ts';
import type { FieldErrors, Typed } from './typed-form.ts';

/** What a person chose of a group: all they were shown of it, or some by their ids. */
export type QuarantineChoice = { of: 'group'; upTo: bigint } | { of: 'selected'; ids: bigint[] };

export type QuarantineForm =
  | { intent: 'replay'; choice: QuarantineChoice }
  | { intent: 'discard'; choice: QuarantineChoice; reason: string }
  | ({ intent: 'add-rule' } & z.infer<typeof ruleSchema>);

const id = z
  .string()
  .regex(/^\d{1,18}$/, 'A record was named that there is not. Load the page again.')
  .transform(BigInt);

/** A reason somebody can read later. */
const reasonSchema = z
  .string()
  .trim()
  .min(5, 'Say why, in at least 5 characters.')
  .max(2000, 'A reason has at most 2,000 characters.')
  .refine(isReadable, 'Say why, in words that can be read.');

const choiceSchemas = {
  all: z.object({ upTo: id }).transform(({ upTo }): QuarantineChoice => ({ of: 'group', upTo })),
  selected: z
    .object({ record: z.array(id).min(1, 'Choose at least one record, or take the whole group.') })
    .transform(({ record }): QuarantineChoice => ({ of: 'selected', ids: [...new Set(record)] })),
};

const ruleSchema = z
  .object({
    treatment: z.enum(treatments, 'Choose how the field is to be read.'),
    source: z.string().trim(),
    reason: reasonSchema,
  })
  .transform((rule) => ({ ...rule, source: rule.treatment === 'READ_FROM' ? rule.source : null }))
  .superRefine(({ source }, context) => {
    if (source === null || isAttributeName(source)) return;
    const message = 'Name the field to read: letters, digits and underscores.';
    context.addIssue({ code: 'custom', path: ['source'], message });
  });

const intents = /^(replay|discard)-(all|selected)$/;

/** Reads what a button on the page of a group asks for. */
export function parseQuarantineForm(
  typed: Typed,
): { ok: true; form: QuarantineForm } | { ok: false; errors: FieldErrors } {
  const value = (name: string) => typed[name]?.[0] ?? '';
  if (value('intent') === 'add-rule') {
    const parsed = ruleSchema.safeParse({
      treatment: value('treatment'),
      source: value('source'),
      reason: value('reason'),
    });
    if (!parsed.success) return { ok: false, errors: errorsOf(parsed.error) };
    return { ok: true, form: { intent: 'add-rule', ...parsed.data } };
  }
  const [, intent, scope] = intents.exec(value('intent')) ?? [];
  if (!scope) return { ok: false, errors: { form: 'That was not understood: nothing was done.' } };
  const choice = choiceSchemas[scope as 'all' | 'selected'].safeParse({
    upTo: value('upTo'),
    record: typed.record ?? [],
  });
  const reason = intent === 'discard' ? reasonSchema.safeParse(value('reason')) : null;
  const errors = {
    ...(!choice.success && { record: choice.error.issues[0]?.message ?? '' }),
    ...(reason?.error && { reason: reason.error.issues[0]?.message ?? '' }),
  };
  if (!choice.success || reason?.success === false) return { ok: false, errors };
  if (!reason) return { ok: true, form: { intent: 'replay', choice: choice.data } };
  return { ok: true, form: { intent: 'discard', choice: choice.data, reason: reason.data } };
}

function errorsOf({ issues }: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[path.join('.')] ??= message;
  return errors;
}
