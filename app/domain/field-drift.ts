import type { MappedField } from './crm-fields.ts';
import { listed } from './listed.ts';

/** How a description can differ from the one before, and the same in words. */
export const attributeChangeNames = {
  NEW: 'New',
  VANISHED: 'Vanished',
  RETYPED: 'Changed its type',
  RETURNED: 'Back again',
} as const;
export type AttributeChangeKind = keyof typeof attributeChangeNames;

/** An attribute of the CRM as it was last described. */
export interface KnownAttribute {
  name: string;
  type: string;
  vanished: boolean;
}

/** `before` and `after` are types; null where there was or is none. */
export interface AttributeChange {
  kind: AttributeChangeKind;
  name: string;
  before: string | null;
  after: string | null;
}

/** What is new, gone, back or of another type. Without anything known the description is the baseline. */
export function compareDescription(
  known: readonly KnownAttribute[],
  described: readonly { name: string; type: string }[],
): AttributeChange[] {
  if (known.length === 0) return [];
  const before = new Map(known.map((attribute) => [attribute.name, attribute]));
  const after = new Map(described.map(({ name, type }) => [name, type]));
  const vanished = known
    .filter(({ name, vanished }) => !vanished && !after.has(name))
    .map(({ name, type }) => ({ kind: 'VANISHED' as const, name, before: type, after: null }));
  return [
    ...vanished,
    ...[...after].flatMap(([name, type]) => changeOf(before.get(name), name, type)),
  ];
}

function changeOf(was: KnownAttribute | undefined, name: string, type: string): AttributeChange[] {
  if (!was) return [{ kind: 'NEW', name, before: null, after: type }];
  const back = { kind: 'RETURNED' as const, name, before: null, after: type };
  const retyped = { kind: 'RETYPED' as const, name, before: was.type, after: type };
  return [...(was.vanished ? [back] : []), ...(was.type === type ? [] : [retyped])];
}

/** How a person has said to go on without an attribute: a mapping rule in force of the cause `vanished`. */
export interface VanishedRule {
  field: string;
  treatment: 'LEAVE_EMPTY' | 'READ_FROM';
  /** READ_FROM: the attribute read in its place. */
  source: string | null;
}

/** Why a mapping rule stands in for an attribute: the `cause` of those of this part. */
export const vanishedCause = 'vanished';

/**
 * The columns nothing feeds any more: all their attributes that were ever described have vanished, and
 * nobody has said how to go on. What was never described is no drift.
 */
export function unfedFields(
  fields: readonly MappedField[],
  known: readonly KnownAttribute[],
  rules: readonly VanishedRule[],
): MappedField[] {
  const states = new Map(known.map(({ name, vanished }) => [name, vanished]));
  const described = (name: string) => states.get(name) === false;
  const answered = (name: string) => {
    const rule = rules.find(({ field }) => field === name);
    return rule !== undefined && (rule.treatment === 'LEAVE_EMPTY' || described(rule.source ?? ''));
  };
  return fields.filter(
    ({ attributes }) =>
      attributes.some((name) => states.get(name) === true) &&
      !attributes.some((name) => described(name) || answered(name)),
  );
}

/** The attribute of a column that a rule has to name: the first that vanished. */
export function vanishedAttribute(field: MappedField, known: readonly KnownAttribute[]): string {
  const gone = (name: string) => known.some((one) => one.vanished && one.name === name);
  return field.attributes.find(gone) ?? field.attributes[0] ?? '';
}

/** Why a run is held, and how to go on. */
export function vanishedWords(fields: readonly MappedField[]): string {
  const lost = fields.map(
    ({ attributes, name, feeds }) => `${attributes.join(' or ')} (${name}, which feeds ${feeds})`,
  );
  return (
    `The CRM no longer lists ${listed(lost)} among its fields. Nothing was overwritten. ` +
    'Decide on the Fields page how to go on, or have the CRM show it again and sync everything.'
  );
}
