import { z } from 'zod';
import { holds } from './permissions.ts';
import type { Viewer } from './roles.ts';

const id = z.guid('The form is incomplete: load the page again.');

/** What the buttons beside a file send. */
export const evidenceFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('remove'),
    id,
    reason: z
      .string('Say why the file is removed.')
      .trim()
      .min(5, 'Say why the file is removed, in at least 5 characters.')
      .max(1000, 'The reason has at most 1,000 characters.'),
  }),
  z.object({ intent: z.literal('rescan'), id }),
]);

/**
 * Whether a viewer may remove a file they may read: a manager always, but no stand-in for one; whoever
 * added it as long as no assessment has been submitted since (`relied`).
 */
export function mayRemove(
  viewer: Viewer,
  file: { uploadedById: string | null; relied: boolean },
): boolean {
  if (holds({ roles: viewer.roles }, 'decide:opportunity')) return true;
  return file.uploadedById === viewer.id && !file.relied;
}
