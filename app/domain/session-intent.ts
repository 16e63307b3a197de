import { z } from 'zod';

/** What the buttons of the page of sessions ask for. */
export const sessionIntentSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('end-one'), id: z.guid() }),
  z.object({ intent: z.literal('end-others') }),
  z.object({ intent: z.literal('end-all') }),
]);
