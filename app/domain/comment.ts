import { z } from 'zod';

export const mostComment = 4000;

/** What the comment form sends. `formKey` names the form itself, so that one sent twice counts once. */
export const commentFormSchema = z.object({
  body: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'There is nothing in the comment yet.')
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

/** The name being typed after an @ that ends at `caret`; null where none is. */
export function mentionAt(text: string, caret: number): { start: number; typed: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}'.-]*(?: [\p{L}\p{M}'.-]*)?)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const typed = match[1] ?? '';
  return { start: caret - typed.length - 1, typed };
}

/** The people a typed name may mean, at most eight; each part of it begins a part of their name. */
export function suggestFor<P extends { name: string }>(people: readonly P[], typed: string): P[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return people
    .filter(({ name }) => {
      const parts = name.toLowerCase().split(/[\s@.-]+/);
      return wanted.every((word) => parts.some((part) => part.startsWith(word)));
    })
    .slice(0, 8);
}

/** `text` with the name typed at `start` written out. */
export function withMention(text: string, start: number, caret: number, name: string) {
  const inserted = `@${name} `;
  const after = text.slice(caret).replace(/^ /, '');
  return { text: text.slice(0, start) + inserted + after, caret: start + inserted.length };
}
