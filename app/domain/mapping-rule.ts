import type { QuarantineCause } from './sync.ts';

/** What a rule answers to: a field that cannot be read, or one the CRM no longer sends. */
export type RuleCause = QuarantineCause | 'vanished';

export const treatments = ['LEAVE_EMPTY', 'AS_TEXT', 'READ_FROM'] as const;
/** How a field is read where it could not be, as the `treatment` column of mapping_rules holds it. */
export type Treatment = (typeof treatments)[number];

export interface MappingRule {
  /** The CRM's name of the attribute. */
  field: string;
  cause: RuleCause;
  treatment: Treatment;
  /** READ_FROM: the attribute read in its place. */
  source: string | null;
}

export const treatmentNames: Record<Treatment, string> = {
  LEAVE_EMPTY: 'Leave the field empty',
  AS_TEXT: 'Take it as text',
  READ_FROM: 'Read another field',
};

/**
 * What may be done about a field that fails with a cause. No rule mends a record without a usable identity,
 * nor one whose fault is in no field of its own. A text the database cannot hold can only be left out, and
 * a number, a date or a time can be nothing else.
 */
export const treatmentsByCause: Record<RuleCause, readonly Treatment[]> = {
  'not-an-object': [],
  'no-id': [],
  'bad-id': [],
  'nul-character': ['LEAVE_EMPTY'],
  'broken-text': ['LEAVE_EMPTY'],
  'impossible-date': ['LEAVE_EMPTY', 'READ_FROM'],
  'impossible-instant': ['LEAVE_EMPTY', 'READ_FROM'],
  'not-a-number': ['LEAVE_EMPTY', 'READ_FROM'],
  'number-overflow': ['LEAVE_EMPTY', 'READ_FROM'],
  'not-text': ['AS_TEXT', 'LEAVE_EMPTY', 'READ_FROM'],
  'too-deep': [],
  'refused-by-database': [],
  vanished: ['LEAVE_EMPTY', 'READ_FROM'],
};

/** Why no rule can be made for a cause, where none can. */
const beyondRules: Partial<Record<RuleCause, string>> = {
  'not-an-object': 'What is no record has no field to map.',
  'no-id': 'Without its OptyId a record cannot be told from others.',
  'bad-id': 'Without its OptyId a record cannot be told from others.',
  'too-deep': 'A record that cannot be read has no field to map.',
  'refused-by-database': 'The database refused the record, not the reading of a field.',
};

/** The treatments a manager may choose for a field that fails with a cause. */
export function treatmentsFor(cause: string, field: string | null): readonly Treatment[] {
  if (field === null || field === 'OptyId' || !isAttributeName(field)) return [];
  return isRuleCause(cause) ? treatmentsByCause[cause] : [];
}

/** Why there is nothing to choose from; null where there is. */
export function whyNoRule(cause: string, field: string | null): string | null {
  if (treatmentsFor(cause, field).length > 0) return null;
  if (isRuleCause(cause) && beyondRules[cause]) return beyondRules[cause];
  if (field === 'OptyId') return 'OptyId says which record it is; no rule can stand in for it.';
  return 'The fault is in the name of a field, which no rule can name.';
}

/** Whether a text can be the name of an attribute of the CRM. */
export function isAttributeName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,79}$/.test(name);
}

export function isRuleCause(cause: string): cause is RuleCause {
  return Object.hasOwn(treatmentsByCause, cause);
}

/** What a rule does, as it goes on after the name of its field. */
export function ruleWords({
  treatment,
  source,
}: Pick<MappingRule, 'treatment' | 'source'>): string {
  switch (treatment) {
    case 'LEAVE_EMPTY':
      return 'is left empty';
    case 'AS_TEXT':
      return 'is taken as text';
    case 'READ_FROM':
      return `is read from ${source ?? 'nowhere'}`;
  }
}
