import { z } from 'zod';
import { roleSchema } from './roles.ts';

/** The events about who may do what: roles, refusals, sessions, stand-ins and the review of all of it. */
export const accessEvents = {
  'role.granted': z.object({ role: roleSchema }),
  'role.revoked': z.object({ role: roleSchema }),
  'role.change_refused': z.object({ role: roleSchema, grant: z.boolean(), reason: z.string() }),
  'access.refused': z.object({ permission: z.string(), path: z.string() }),
  'access.step_up_refused': z.object({ act: z.string(), needs: z.string(), path: z.string() }),
  /** `count`: how many elsewhere; `here`: whether the one in use ended too. */
  'session.revoked': z.object({ count: z.number().int(), here: z.boolean() }),
  'first_manager.granted': z.object({ role: roleSchema }),
  'stand_in.named': z.object({
    role: roleSchema,
    standIn: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  'stand_in.ended': z.object({ role: roleSchema, standIn: z.string(), to: z.string() }),
  'stand_in.refused': z.object({ role: roleSchema, standIn: z.string(), reason: z.string() }),
  'access.reviewed': z.object({ people: z.number().int(), findings: z.number().int() }),
  'access.exported': z.object({ rows: z.number().int() }),
} as const;
