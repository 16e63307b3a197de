import { z } from 'zod';
import { roleSchema } from './roles.ts';
import { workflowStatusSchema } from './workflow.ts';

const id = z.string();

/** Every kind of audit event with the data it carries. Stored as JSON: a change here is a migration. */
export const auditEvents = {
  'role.granted': z.object({ role: roleSchema }),
  'role.revoked': z.object({ role: roleSchema }),
  'role.change_refused': z.object({ role: roleSchema, grant: z.boolean(), reason: z.string() }),
  'first_manager.granted': z.object({ role: roleSchema }),
  'practice.created': z.object({}),
  'practice.removed': z.object({}),
  'practice.member_added': z.object({ practiceId: id, practice: z.string() }),
  'practice.member_removed': z.object({ practiceId: id, practice: z.string() }),
  'sync.requested': z.object({ mode: z.enum(['FULL', 'INCREMENTAL']) }),
  'sync.cancel_requested': z.object({}),
  'sync.released': z.object({ marked: z.number() }),
  'sync.dropped': z.object({ spared: z.number() }),
  'opportunity.closed_in_crm': z.object({
    from: workflowStatusSchema,
    to: workflowStatusSchema,
    crmStatus: z.string().nullable(),
  }),
  'opportunity.reopened_in_crm': z.object({
    from: workflowStatusSchema,
    to: workflowStatusSchema,
    crmStatus: z.string().nullable(),
  }),
} as const;

export type AuditKind = keyof typeof auditEvents;
export const auditKinds = Object.keys(auditEvents) as AuditKind[];

export const auditKindNames: Record<AuditKind, string> = {
  'role.granted': 'Role granted',
  'role.revoked': 'Role revoked',
  'role.change_refused': 'Role change refused',
  'first_manager.granted': 'First manager appointed',
  'practice.created': 'Practice added',
  'practice.removed': 'Practice removed',
  'practice.member_added': 'Practice member added',
  'practice.member_removed': 'Practice member removed',
  'sync.requested': 'Sync requested',
  'sync.cancel_requested': 'Sync cancel requested',
  'sync.released': 'Held sync released',
  'sync.dropped': 'Held sync dropped',
  'opportunity.closed_in_crm': 'Closed in CRM',
  'opportunity.reopened_in_crm': 'Reopened in CRM',
};

/** An event about to be recorded, its data fitting its kind. `actor` is null for BQS itself. */
export type AuditInput = {
  [K in AuditKind]: {
    kind: K;
    actor: { id: string | null; name: string };
    subject: {
      type: 'user' | 'practice' | 'sync_run' | 'opportunity';
      id: string;
      name?: string | null;
    };
    data: z.infer<(typeof auditEvents)[K]>;
    requestId?: string;
  };
}[AuditKind];

/** The actor of what nobody in particular does. */
export const system = { id: null, name: 'BQS' } as const;
