import { z } from 'zod';
import { roleSchema } from './roles.ts';

const userId = z.guid();
const practiceId = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);

/** What the buttons of the people page ask for. */
export const peopleIntentSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('grant-role'), userId, role: roleSchema }),
  z.object({ intent: z.literal('revoke-role'), userId, role: roleSchema }),
  z.object({ intent: z.literal('join-practice'), userId, practiceId }),
  z.object({ intent: z.literal('leave-practice'), userId, practiceId }),
  z.object({ intent: z.literal('add-practice'), name: z.string() }),
  z.object({ intent: z.literal('remove-practice'), practiceId }),
  z.object({ intent: z.literal('check-identities') }),
]);
export type PeopleIntent = z.infer<typeof peopleIntentSchema>;
