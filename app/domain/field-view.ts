import type { MappedField } from './crm-fields.ts';
import type { AttributeChangeKind, VanishedRule } from './field-drift.ts';

/** An attribute as it was last described, with when it vanished. */
export interface DescribedNow {
  name: string;
  type: string;
  queryable: boolean;
  vanishedAt: Date | null;
}

/** How a column stands with its attributes, and the same in words. */
export const fieldStates = {
  described: 'In the CRM',
  vanished: 'Vanished',
  'left-empty': 'Left empty by a rule',
  replaced: 'Read from another',
  'never-described': 'Not in the CRM, stays empty',
  'not-configured': 'Not set up',
  unread: 'Not read yet',
} as const;
export type FieldState = keyof typeof fieldStates;

export interface SourceRow {
  name: string;
  /** Null where it was never described. */
  type: string | null;
  vanishedAt: Date | null;
  /** The type it had when it was first described, where it is another now. */
  typeBefore: string | null;
}

export interface FieldRow {
  field: MappedField;
  state: FieldState;
  sources: SourceRow[];
  /** The rule in force for one of its attributes, whether or not it is needed at the moment. */
  rule: VanishedRule | null;
}

interface Facts {
  attributes: readonly DescribedNow[];
  rules: readonly VanishedRule[];
  /** Oldest first. */
  retyped: readonly { kind: AttributeChangeKind; name: string; before: string | null }[];
}

/** The mapped columns, each with its attributes and how it stands. */
export function fieldRows(fields: readonly MappedField[], facts: Facts): FieldRow[] {
  const described = new Map(facts.attributes.map((attribute) => [attribute.name, attribute]));
  return fields.map((field) => {
    const sources = field.attributes.map((name) => sourceOf(name, described.get(name), facts));
    const rule = facts.rules.find((one) => field.attributes.includes(one.field)) ?? null;
    return { field, sources, rule, state: stateOf(sources, rule, described) };
  });
}

function sourceOf(name: string, now: DescribedNow | undefined, { retyped }: Facts): SourceRow {
  const first = retyped.find((change) => change.kind === 'RETYPED' && change.name === name);
  const before = first?.before ?? null;
  return {
    name,
    type: now?.type ?? null,
    vanishedAt: now?.vanishedAt ?? null,
    typeBefore: before !== null && now && now.type !== before ? before : null,
  };
}

function stateOf(
  sources: SourceRow[],
  rule: VanishedRule | null,
  described: Map<string, DescribedNow>,
): FieldState {
  if (sources.length === 0) return 'not-configured';
  if (described.size === 0) return 'unread';
  if (sources.some(({ type, vanishedAt }) => type !== null && !vanishedAt)) return 'described';
  if (rule?.treatment === 'LEAVE_EMPTY') return 'left-empty';
  if (rule && described.get(rule.source ?? '')?.vanishedAt === null) return 'replaced';
  return sources.some(({ type }) => type !== null) ? 'vanished' : 'never-described';
}

/** The attributes the CRM describes and nothing here reads, by name. */
export function unmappedOf(
  attributes: readonly DescribedNow[],
  fields: readonly MappedField[],
): DescribedNow[] {
  const mapped = new Set(fields.flatMap((field) => field.attributes));
  return attributes
    .filter(({ name, vanishedAt }) => !vanishedAt && !mapped.has(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
