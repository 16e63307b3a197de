import { z } from 'zod';
import { accessEvents } from './audit-access.ts';
import { peopleEvents } from './audit-people.ts';
import { syncEvents } from './audit-sync.ts';
import { workflowStatusSchema } from './workflow.ts';

const id = z.string();

/** A move in the workflow; replayed in order they give every opportunity's present state. */
const move = { from: workflowStatusSchema, to: workflowStatusSchema };
const version = z.number().int().positive();
const reason = z.string();

/** Every kind of audit event with the data it carries. Stored as JSON: a change here is a migration. */
export const auditEvents = {
  ...accessEvents,
  'practice.created': z.object({}),
  'practice.removed': z.object({}),
  'practice.member_added': z.object({ practiceId: id, practice: z.string() }),
  'practice.member_removed': z.object({ practiceId: id, practice: z.string() }),
  ...peopleEvents,
  ...syncEvents,
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
  'opportunity.assigned': z.object({
    ...move,
    assessorId: id,
    assessor: z.string(),
    previousAssessor: z.string().nullable(),
  }),
  'opportunity.assessment_started': z.object({ ...move, version, scorecard: z.string() }),
  'opportunity.submitted': z.object({
    ...move,
    version,
    score: z.number().int(),
    band: z.string(),
    knockOuts: z.array(z.string()),
  }),
  'opportunity.assessment_confirmed': z.object({ ...move, version, fields: z.array(z.string()) }),
  'opportunity.assessment_renewed': z.object({ ...move, version }),
  'opportunity.returned': z.object({ ...move, version, reason }),
  'opportunity.recommended': z.object({ ...move, version, verdict: z.string(), rationale: reason }),
  'opportunity.decided': z.object({
    ...move,
    version,
    verdict: z.string(),
    overrides: z.array(z.string()),
    /** Absent from what was decided before it was kept here. */
    recommended: z.enum(['GO', 'NO_GO', 'CONDITIONAL']).nullable().optional(),
    fastTrack: z.boolean(),
    reason,
    conditions: z.array(z.object({ condition: z.string(), due: z.string() })),
    decisionId: id,
    /** The SHA-256 of its memo, here out of reach of whoever could change memo and hash together. */
    memo: z.string(),
  }),
  'opportunity.declined': z.object({ ...move, reason, decisionId: id, memo: z.string() }),
  'opportunity.held': z.object({ ...move, until: z.string(), reason }),
  'opportunity.resumed': z.object(move),
  'opportunity.reopened': z.object({ ...move, version: version.nullable(), reason }),
  'opportunity.condition_met': z.object({ condition: z.string(), note: z.string() }),
  'opportunity.refused': z.object({
    intent: z.string(),
    state: workflowStatusSchema,
    refusal: z.string(),
  }),
  'comment.added': z.object({ commentId: id, told: z.array(z.string()) }),
  'evidence.added': z.object({
    file: z.string(),
    bytes: z.number(),
    criterion: z.string().nullable(),
  }),
  'evidence.removed': z.object({ file: z.string(), reason }),
  'evidence.refused': z.object({ file: z.string(), reason }),
  'scorecard.drafted': z.object({}),
  'scorecard.saved': z.object({ revision: z.number().int() }),
  'scorecard.discarded': z.object({}),
  'scorecard.published': z.object({ replaces: z.string().nullable() }),
  'holiday.added': z.object({ day: z.string() }),
  'holiday.removed': z.object({ day: z.string() }),
  'audit.exported': z.object({ rows: z.number().int(), filter: z.string() }),
} as const;

export type AuditKind = keyof typeof auditEvents;
export const auditKinds = Object.keys(auditEvents) as AuditKind[];

/** What an event can be about. */
export const auditSubjectTypes = [
  'opportunity',
  'user',
  'practice',
  'identities',
  'sync_run',
  'watermark',
  'quarantine',
  'mapping_rule',
  'scorecard',
  'holiday',
  'audit',
  'access',
] as const;
export type AuditSubjectType = (typeof auditSubjectTypes)[number];

/** An event about to be recorded, its data fitting its kind. `actor` is null for BQS itself. */
export type AuditInput = {
  [K in AuditKind]: {
    kind: K;
    /** `forId`: of whom it was done for by a stand-in, whose name is then a signature. */
    actor: { id: string | null; name: string; forId?: string | null };
    subject: {
      type: AuditSubjectType;
      id: string;
      name?: string | null;
    };
    data: z.infer<(typeof auditEvents)[K]>;
    requestId?: string;
  };
}[AuditKind];

/** What happened to an opportunity, without who did it. */
export type OpportunityEvent = {
  [K in Extract<AuditKind, `opportunity.${string}`>]: {
    kind: K;
    data: z.infer<(typeof auditEvents)[K]>;
  };
}[Extract<AuditKind, `opportunity.${string}`>];

/** The actor of what nobody in particular does. */
export const system = { id: null, name: 'BQS' } as const;
