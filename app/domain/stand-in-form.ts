import { z } from 'zod';
import { dayOf } from './day-field.ts';
import { standInRoles } from './mandate.ts';

/** Who is away and in which role, as one choice. */
const absence = z
  .string('Choose who is away.')
  .transform((text) => text.split(' '))
  .pipe(z.tuple([z.guid(), z.enum(standInRoles)], { error: 'Choose who is away.' }));

/** What the buttons of the stand-in page ask for. */
export const standInFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('name'),
    absence,
    standInId: z.guid('Choose who stands in.'),
    from: dayOf('Choose the first day.'),
    to: dayOf('Choose the last day.'),
  }),
  z.object({
    intent: z.literal('end'),
    id: z
      .string()
      .regex(/^\d{1,18}$/)
      .transform(BigInt),
  }),
]);
export type StandInForm = z.infer<typeof standInFormSchema>;

/** The value of a choice of who is away. */
export function absenceValue({ userId, role }: { userId: string; role: string }): string {
  return `${userId} ${role}`;
}
