import { z } from 'zod';
import { isReadable } from './readable.ts';
import { roleSchema } from './roles.ts';

const part = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give their ${what}.`)
    .max(120, `A ${what} has at most 120 characters.`)
    .refine(isReadable, `Give a ${what} that can be read.`)
    .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u.test(text), {
      message: `A ${what} is one line of letters.`,
    });

/** Whom to invite, with what they hold from the beginning. */
const invitationSchema = z.object({
  first: part('first name'),
  last: part('last name'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(320, 'An e-mail address has at most 320 characters.')
    .pipe(z.email('Give an e-mail address such as ada@example.test.')),
  roles: z.array(roleSchema),
  practices: z.array(
    z
      .string()
      .regex(/^\d{1,18}$/)
      .transform(BigInt),
  ),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** Reads the form of an invitation; errors by field name, those of a list under the list's. */
export function parseInvitation(
  posted: FormData,
): { ok: true; invitation: Invitation } | { ok: false; errors: Record<string, string> } {
  const parsed = invitationSchema.safeParse({
    first: posted.get('first') ?? '',
    last: posted.get('last') ?? '',
    email: posted.get('email') ?? '',
    roles: posted.getAll('roles'),
    practices: posted.getAll('practices'),
  });
  if (parsed.success) return { ok: true, invitation: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0]);
    errors[field] ??= path.length > 1 ? 'Choose among what is offered.' : message;
  }
  return { ok: false, errors };
}
