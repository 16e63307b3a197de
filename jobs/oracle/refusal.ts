import type { QuarantineCause } from '#app/domain/sync.ts';
import type { SentRecord } from './json.ts';

const longest = 80;

/** One sentence for a person: what is wrong with which attribute. */
export function describeRefusal(
  cause: QuarantineCause,
  field: string | null,
  value: unknown,
): string {
  const shown = show(value);
  switch (cause) {
    case 'not-an-object':
      return 'The CRM sent something that is not a record.';
    case 'no-id':
      return 'The record has no OptyId.';
    case 'bad-id':
      return `OptyId is ${shown}, not a whole number of at most 18 digits.`;
    case 'nul-character':
      return `${field} holds a NUL character, which no text in the database can hold.`;
    case 'broken-text':
      return `${field} holds half of a character (an unpaired surrogate).`;
    case 'impossible-date':
      return `${field} is ${shown}, which is not a date.`;
    case 'impossible-instant':
      return `${field} is ${shown}, which is not a point in time with its time zone.`;
    case 'not-a-number':
      return `${field} is ${shown}, which is not a number.`;
    case 'number-overflow':
      return `${field} is ${shown}, which is out of range.`;
    case 'too-deep':
      return 'The record is nested too deeply to be read.';
    case 'not-text':
      return `${field} is ${shown}, which is not text.`;
    case 'refused-by-database':
      return 'The database refused the record.';
  }
}

/** Where text is that no database column can hold; null for nearly every record. */
export function brokenText(record: SentRecord): { cause: QuarantineCause; field: string } | null {
  // The escapes are looked for first: walking every value of every record would cost more than parsing it.
  if (!/\\u(?:0000|[dD][89a-fA-F])/.test(record.text)) return null;
  return walk(record.value, null);
}

function walk(
  value: unknown,
  top: string | null,
): { cause: QuarantineCause; field: string } | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return { cause: 'nul-character', field: top ?? '' };
    return value.isWellFormed() ? null : { cause: 'broken-text', field: top ?? '' };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = walk(key, top ?? 'A name') ?? walk(inner, top ?? key);
    if (found) return found;
  }
  return null;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  // Cut between characters, not between the halves of one.
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}
