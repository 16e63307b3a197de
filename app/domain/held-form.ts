import { z } from 'zod';
import { isReadable } from './readable.ts';
import { fieldsOf } from './typed-form.ts';

const reload = 'The form is incomplete: load the page again.';

/** What the two forms of a held run send. `count` is how many opportunities their page spoke of. */
const heldFormSchema = z.object({
  intent: z.enum(['release', 'drop']),
  count: z.string(reload).regex(/^\d{1,9}$/, reload),
  reason: z
    .string('Say why.')
    .trim()
    .min(5, 'Say why, in at least 5 characters.')
    .refine(isReadable, 'Say why, in words that can be read.')
    .max(2000, 'The reason has at most 2,000 characters.'),
  confirmed: z.literal('yes', 'Tick that you have looked through the list.'),
});
export type HeldForm = z.infer<typeof heldFormSchema>;
export type HeldIntent = HeldForm['intent'];

/** Whether a posted form asks for one of the two ways on. */
export function heldIntentOf(posted: FormData): HeldIntent | null {
  const intent = posted.get('intent');
  return intent === 'release' || intent === 'drop' ? intent : null;
}

/** Reads one of the two forms; `errors` by the name of the field. */
export function parseHeldForm(
  posted: FormData,
): { ok: true; form: HeldForm } | { ok: false; errors: Record<string, string> } {
  const parsed = heldFormSchema.safeParse(fieldsOf(posted));
  if (parsed.success) return { ok: true, form: parsed.data };
  const errors = parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]);
  return { ok: false, errors: Object.fromEntries(errors) as Record<string, string> };
}

/** Which part of the list of a held run is asked for. */
export interface MissingQuery {
  search: string | null;
  after: { rank: number; id: string } | null;
}

/** Reads `q` and `place` of an address; null where they name no page of the list. */
export function parseMissingQuery(params: URLSearchParams): MissingQuery | null {
  const search = params.get('q')?.trim() || null;
  const place = params.get('place') || null;
  const match = /^(\d)\.(\d{1,18})$/.exec(place ?? '');
  if ((place && !match) || (search && (search.length > 300 || search.includes('\0')))) return null;
  return { search, after: match ? { rank: Number(match[1]), id: match[2] ?? '' } : null };
}

/** The address of a page of that list. */
export function missingAddress(runId: string, { search, after }: MissingQuery): string {
  const params = new URLSearchParams();
  if (search) params.set('q', search);
  if (after) params.set('place', `${after.rank}.${after.id}`);
  return `/sync/runs/${runId}${params.size > 0 ? `?${params}` : ''}#missing`;
}
