import type { AuditKind, AuditSubjectType } from './audit.ts';
import { roleNames, roleSchema } from './roles.ts';

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
  'opportunity.assigned': 'Architect assigned',
  'opportunity.assessment_started': 'Assessment started',
  'opportunity.submitted': 'Assessment submitted',
  'opportunity.assessment_confirmed': 'Assessment still holds',
  'opportunity.assessment_renewed': 'Assessment begun anew',
  'opportunity.returned': 'Assessment returned',
  'opportunity.recommended': 'Recommended',
  'opportunity.decided': 'Decided',
  'opportunity.declined': 'Declined before assessment',
  'opportunity.held': 'Put on hold',
  'opportunity.resumed': 'Resumed',
  'opportunity.reopened': 'Reopened',
  'opportunity.condition_met': 'Condition met',
  'opportunity.refused': 'Action refused',
  'comment.added': 'Comment written',
  'evidence.added': 'Evidence added',
  'evidence.removed': 'Evidence removed',
  'evidence.refused': 'Evidence refused',
  'scorecard.drafted': 'Scorecard drafted',
  'scorecard.discarded': 'Scorecard draft discarded',
  'scorecard.published': 'Scorecard published',
  'holiday.added': 'Holiday added',
  'holiday.removed': 'Holiday removed',
  'audit.exported': 'Audit exported',
};

export const auditSubjectNames: Record<AuditSubjectType, string> = {
  opportunity: 'Opportunity',
  user: 'Person',
  practice: 'Practice',
  sync_run: 'Sync run',
  scorecard: 'Scorecard',
  holiday: 'Holiday',
  audit: 'Audit',
};

/** The data of an audit event as pairs of words, for reading. */
export function auditDetails(data: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(data)
    .filter(([key]) => !key.endsWith('Id'))
    .map(([key, value]) => ({ label: labelOf(key), value: valueOf(value) }));
}

function labelOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.replace(/^crm /, 'CRM ');
}

function valueOf(value: unknown): string {
  if (value === null || value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const role = roleSchema.safeParse(value);
  if (role.success) return roleNames[role.data];
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[A-Z][A-Z_]+$/.test(value) ? value.replaceAll('_', ' ').toLowerCase() : value;
}
