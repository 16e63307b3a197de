import { z } from 'zod';
import { roleSchema } from './roles.ts';

const left = z.number().int().nonnegative();

/** Events about people and their identities; `left` counts the open work that stayed with somebody. */
export const peopleEvents = {
  'person.invited': z.object({
    email: z.string(),
    roles: z.array(roleSchema),
    practices: z.array(z.string()),
  }),
  'person.invited_again': z.object({ email: z.string() }),
  'person.deactivated': z.object({ left, inOry: z.boolean() }),
  'person.reactivated': z.object({ roles: z.array(roleSchema), inOry: z.boolean() }),
  'person.identity_changed': z.object({
    fields: z.array(z.string()),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  'person.identity_gone': z.object({ left }),
  'person.identity_returned': z.object({}),
  'people.checked': z.object({ outcome: z.string() }),
} as const;
