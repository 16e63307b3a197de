import { mask, redactText, treatmentOf, type NameTreatment } from './redaction.ts';
import { redactUnread } from './redacted-unread.ts';
import { quoted, shortened } from './shown-text.ts';

/** A record as a person may look at it. */
export interface RedactedRecord {
  /** The attribute that failed and what it holds, shortened; null where there is none. */
  offending: { name: string; value: string } | null;
  /** The record, one member a line. */
  text: string;
  /** How many values are hidden or shortened. */
  hidden: number;
  /** Whether there is more of it than is shown. */
  cut: boolean;
}

const longestText = 6_000;
const longestValue = 200;
const longestFreeText = 24;
const deepest = 8;
/** What is looked through of one text, and of a record: more would take long and be shown to nobody. */
const searchedText = 4_000;
const readRecord = 2_000_000;

/** A number as it was sent; parsing alone would round it. */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type SourceReviver = (key: string, value: unknown, context: { source: string }) => unknown;
// The library types know the third argument not yet; the engine has it.
const parseWith = JSON.parse as (text: string, reviver: SourceReviver) => unknown;

/** A payload laid out for reading: personal data and secrets hidden, `field` shown whatever it is, secrets apart. */
export function redactRecord(payload: string, field: string | null): RedactedRecord {
  const parsed = parse(payload);
  if (!parsed) return { ...redactUnread(payload), offending: null };
  const page = new Page(field);
  page.lay(parsed.value, null, 0, '');
  return { ...page.result(), offending: offendingOf(parsed.value, field) };
}

function parse(payload: string): { value: unknown } | null {
  if (payload.length > readRecord) return null;
  try {
    return {
      value: parseWith(payload, (_key, value, { source }) =>
        typeof value === 'number' ? new Digits(source) : value,
      ),
    };
  } catch {
    // No JSON, or nested deeper than can be walked.
    return null;
  }
}

class Page {
  private text = '';
  private hidden = 0;
  /** Nothing more is written; `cut` also where only something deep is left out. */
  private full = false;
  private cut = false;
  private readonly field: string | null;

  constructor(field: string | null) {
    this.field = field;
  }

  /** Lays out a value; `as` is what the name it stands under says of it. */
  lay(value: unknown, as: NameTreatment | null, depth: number, indent: string): void {
    if (this.full) return;
    if (typeof value !== 'object' || value === null || value instanceof Digits) {
      const shown = shownValue(value, as);
      if (shown.hidden) this.hidden++;
      return this.write(shown.text);
    }
    const list = Array.isArray(value);
    const entries = list ? value.map((item) => [null, item] as const) : Object.entries(value);
    if (entries.length === 0) return this.write(list ? '[]' : '{}');
    if (depth === deepest) {
      this.cut = true;
      return this.write(list ? '[ … ]' : '{ … }');
    }
    this.write(list ? '[' : '{');
    for (const [at, [key, inner]] of entries.entries()) {
      if (this.full) return;
      this.write(`${at > 0 ? ',' : ''}\n${indent}  ${key === null ? '' : `${quoted(key, 80)}: `}`);
      this.lay(inner, this.treatment(key, as, depth), depth + 1, `${indent}  `);
    }
    this.write(`\n${indent}${list ? ']' : '}'}`);
  }

  result() {
    return { text: this.text, hidden: this.hidden, cut: this.cut };
  }

  /** What lies under a hidden name is hidden as well. */
  private treatment(key: string | null, above: NameTreatment | null, depth: number) {
    const own = key === null ? null : treatmentOf(key);
    if (depth === 0 && key === this.field) return own === 'secret' ? own : null;
    return above !== null && above !== 'free-text' ? above : (own ?? above);
  }

  private write(text: string): void {
    if (this.full) return;
    this.text += text;
    if (this.text.length > longestText) this.full = this.cut = true;
  }
}

function shownValue(value: unknown, as: NameTreatment | null): { text: string; hidden: boolean } {
  if (value === null) return { text: 'null', hidden: false };
  if (as !== null && as !== 'free-text') return { text: mask(as), hidden: true };
  if (value instanceof Digits) return { text: shortened(value.text, longestValue), hidden: false };
  if (typeof value !== 'string') return { text: String(value), hidden: false };
  const redacted = redactText(value.slice(0, searchedText));
  const longest = as === 'free-text' ? longestFreeText : longestValue;
  const shown = shortened(redacted.text, longest);
  const rest = shown === redacted.text ? '' : ` ‹${value.length} characters›`;
  return { text: quoted(shown) + rest, hidden: redacted.hidden > 0 || rest !== '' };
}

function offendingOf(value: unknown, field: string | null): RedactedRecord['offending'] {
  if (field === null || typeof value !== 'object' || value === null) return null;
  if (!Object.hasOwn(value, field)) return { name: field, value: 'not there' };
  const page = new Page(null);
  const secret = treatmentOf(field) === 'secret' ? 'secret' : null;
  page.lay((value as Record<string, unknown>)[field], secret, deepest - 2, '');
  return { name: field, value: shortened(page.result().text, longestValue * 2) };
}
