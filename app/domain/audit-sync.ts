import { z } from 'zod';
import { syncPurposes } from './sync.ts';

const reason = z.string();

/** The audit events of the sync and of what it could not apply. */
export const syncEvents = {
  'sync.requested': z.object({
    mode: z.enum(['FULL', 'INCREMENTAL']),
    /** Absent for an ordinary sync. */
    purpose: z.enum(syncPurposes).optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    records: z.number().optional(),
    reason: reason.optional(),
  }),
  'sync.cancel_requested': z.object({}),
  'sync.released': z.object({ marked: z.number(), reason: reason.optional() }),
  'sync.dropped': z.object({ spared: z.number(), reason: reason.optional() }),
  'sync.watermark_set': z.object({ from: z.string(), to: z.string(), reason }),
  'sync.fields_accepted': z.object({ fields: z.array(z.string()), reason }),
  'quarantine.replay_requested': z.object({ records: z.number(), runId: z.string() }),
  'quarantine.discarded': z.object({
    records: z.number(),
    cause: z.string(),
    field: z.string().nullable(),
    reason,
  }),
  'mapping_rule.added': z.object({
    field: z.string(),
    cause: z.string(),
    treatment: z.string(),
    source: z.string().nullable(),
    reason,
  }),
  'mapping_rule.withdrawn': z.object({ field: z.string(), cause: z.string() }),
} as const;
