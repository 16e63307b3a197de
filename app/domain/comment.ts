import { z } from 'zod';
import { mostComment } from './mention.ts';
import { isReadable } from './readable.ts';

/** What the comment form sends. `formKey` names the form itself, so that one sent twice counts once. */
const commentFormSchema = z.object({
  body: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'There is nothing in the comment yet.')
        .refine(isReadable, 'There is nothing in the comment that can be read.')
        .max(mostComment, 'A comment has at most 4,000 characters.'),
    ),
  mentions: z
    .array(z.guid('One of the people to tell is unknown: choose again.'))
    .max(50, 'A comment tells at most 50 people.'),
  formKey: z.guid('The form is incomplete: load the page again.'),
});
export type CommentForm = z.infer<typeof commentFormSchema>;

export type ParsedComment = { ok: true; form: CommentForm } | { ok: false; message: string };

/** Reads a posted comment. */
export function parseCommentForm(posted: FormData): ParsedComment {
  const parsed = commentFormSchema.safeParse({
    body: posted.get('body') ?? '',
    mentions: [...new Set(posted.getAll('mention'))],
    formKey: posted.get('formKey'),
  });
  if (parsed.success) return { ok: true, form: parsed.data };
  return { ok: false, message: parsed.error.issues[0]?.message ?? 'Nothing was saved.' };
}
