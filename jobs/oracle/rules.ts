import { hash } from 'node:crypto';
import type { MappingRule } from '#app/domain/mapping-rule.ts';
import { exactText, textWithNull, type SentRecord } from './json.ts';
import type { AppliableRecord, RefusedRecord } from './map.ts';

type Mapped = AppliableRecord | RefusedRecord;

/**
 * Has what a mapper refuses read by the rules in force, field by field; the first field that fails without a
 * rule refuses the record as ever. `read` gives an attribute as it was sent, a number as its digits. The hash
 * of a record tells the rules it needed and no others, so that a new rule rewrites only what it is for.
 */
export function mapByRules(
  map: (record: SentRecord) => Mapped,
  rules: readonly MappingRule[],
  read: (record: SentRecord, name: string) => unknown,
): (record: SentRecord) => Mapped {
  const usable = rules.filter(({ field }) => field !== 'OptyId');
  const book = new Map(usable.map((rule) => [keyOf(rule.field, rule.cause), rule]));
  const replaced = usable.filter(isReplaced);
  return (record) => {
    // Where what is read in its place was not sent either, nothing is known: absent is not null.
    const applied = replaced.filter(
      ({ field, source }) =>
        isAbsent(record, field) && source !== null && !isAbsent(record, source),
    );
    let readable = applied.reduce((from, rule) => withStandIn(from, rule, read), record);
    let mapped = map(readable);
    while (!mapped.ok) {
      const rule = mapped.field === null ? undefined : book.get(keyOf(mapped.field, mapped.cause));
      // What a rule put there and fails again would fail for ever.
      if (!rule || applied.includes(rule)) return refusedAsSent(mapped, record, applied);
      applied.push(rule);
      readable = withStandIn(readable, rule, read);
      mapped = map(readable);
    }
    if (applied.length === 0) return mapped;
    return { ...mapped, contentHash: hash('sha256', saltOf(applied) + mapped.contentHash) };
  };
}

/** A field that vanished and is left empty keeps what is stored: absent is not null. So nothing stands in. */
function isReplaced({ cause, treatment }: MappingRule): boolean {
  return cause === 'vanished' && treatment === 'READ_FROM';
}

function isAbsent({ value }: SentRecord, field: string): boolean {
  return typeof value === 'object' && value !== null && !Object.hasOwn(value, field);
}

/** The record as it is read by a rule. Its text changes only where the database could not hold it. */
function withStandIn(
  record: SentRecord,
  rule: MappingRule,
  read: (record: SentRecord, name: string) => unknown,
): SentRecord {
  const unholdable = rule.cause === 'nul-character' || rule.cause === 'broken-text';
  return {
    text: unholdable ? textWithNull(record.text, rule.field) : record.text,
    value: { ...(record.value as object), [rule.field]: standIn(record, rule, read) },
  };
}

function standIn(
  record: SentRecord,
  { treatment, field, source }: MappingRule,
  read: (record: SentRecord, name: string) => unknown,
): unknown {
  switch (treatment) {
    case 'LEAVE_EMPTY':
      return null;
    case 'AS_TEXT':
      return exactText(record.text, field);
    case 'READ_FROM':
      return source === null ? null : (read(record, source) ?? null);
  }
}

/** Kept as it was sent, and with a word about where the value came from if a rule had fetched it. */
function refusedAsSent(
  refused: RefusedRecord,
  { text }: SentRecord,
  applied: readonly MappingRule[],
): RefusedRecord {
  const fetched = applied.findLast(
    ({ field, treatment }) => field === refused.field && treatment === 'READ_FROM',
  );
  const where = fetched ? ` A mapping rule reads it from ${fetched.source}.` : '';
  return { ...refused, message: refused.message + where, payload: text };
}

function saltOf(applied: readonly MappingRule[]): string {
  const told = applied.map(({ field, cause, treatment, source }) =>
    JSON.stringify([field, cause, treatment, source]),
  );
  return told.sort().join('\n');
}

function keyOf(field: string, cause: string): string {
  return `${cause} ${field}`;
}
