import { withPlainLines } from './text-length.ts';

/** What was typed into a form, by field name; a repeated field keeps its values in their order. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** Words about what is wrong, by field name; those of a repeated field as `conditions.0.due`. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What a posted form says, to show it again as it was typed. Files are left out. */
export function typedOf(posted: FormData): Typed {
  const names = new Set(posted.keys());
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      posted
        .getAll(name)
        .filter((value): value is string => typeof value === 'string')
        .map(withPlainLines),
    ]),
  );
}

/** The fields of a posted form to be checked, the last of each name; a text as whoever typed it counts it. */
export function fieldsOf(posted: FormData): Record<string, FormDataEntryValue> {
  return Object.fromEntries(
    [...posted].map(([name, value]) => [
      name,
      typeof value === 'string' ? withPlainLines(value) : value,
    ]),
  );
}

/** The one value of a field; empty where nothing was typed. */
export function typedValue(typed: Typed | undefined, name: string): string {
  return typed?.[name]?.[0] ?? '';
}
