const quote = 34;
const backslash = 92;

/** A record as the CRM sent it: `text` is exact to the digit, `value` is for everything but numbers. */
export interface SentRecord {
  text: string;
  value: unknown;
}

export interface Envelope {
  records: SentRecord[];
  /** The page size the server really used, where it says. */
  limit: number | null;
  /** How many records the server says these are, where it says. */
  count: number | null;
  /** Whether the server says that more follow, where it says. */
  hasMore: boolean | null;
  /** How many records there are in all, where it was asked for; an estimate. */
  total: number | null;
}

/**
 * Reads a collection. JSON.parse alone would round identifiers beyond 2^53, so every record keeps its
 * source text. Throws SyntaxError where the text is no collection.
 */
export function readCollection(text: string): Envelope {
  const items = findItems(text);
  const rest = items ? `${text.slice(0, items.from)}[]${text.slice(items.to)}` : text;
  const envelope: unknown = JSON.parse(rest);
  if (!isObject(envelope)) throw new SyntaxError('not a JSON object');
  const limit = typeof envelope.limit === 'number' ? envelope.limit : null;
  const count = typeof envelope.count === 'number' ? envelope.count : null;
  const hasMore = typeof envelope.hasMore === 'boolean' ? envelope.hasMore : null;
  const total = typeof envelope.totalResults === 'number' ? envelope.totalResults : null;
  const said = { limit, count, hasMore, total };
  if (items) {
    // The list itself is cut out by now; whatever stands there under its name is a second one.
    if (!isEmptyList(envelope.items)) throw new SyntaxError('two lists of items');
    return { ...said, records: items.texts.map(readRecord) };
  }
  if (count === 0 && envelope.items === undefined) return { ...said, records: [] };
  throw new SyntaxError('no list of items');
}

/** Parses one record. Throws SyntaxError. */
export function readRecord(text: string): SentRecord {
  return { text, value: JSON.parse(text) as unknown };
}

/**
 * The token of a top-level number as it was sent, such as `1000.50` or an identifier of 18 digits. As
 * with JSON.parse, the last of several of one name counts.
 */
export function numberToken(text: string, name: string): string {
  const key = `"${name}"`;
  const at = text.indexOf(key);
  // Standing there once, it can only be the attribute itself; else its depth has to be looked at.
  const once = at >= 0 && text.indexOf(key, at + 1) < 0;
  const end = once ? at + key.length : endOfTopLevelKey(text, name);
  return tokenAt(text, text.indexOf(':', end) + 1);
}

/** Where the top-level key `name` ends, however it is written; it must be there. */
function endOfTopLevelKey(text: string, name: string): number {
  let depth = 0;
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    else if (code === quote) {
      const end = endOfString(text, at);
      const isKey = depth === 1 && /^\s*:/.test(text.slice(end, end + 50));
      if (isKey && JSON.parse(text.slice(at, end)) === name) found = end;
      at = end - 1;
    }
  }
  return found;
}

type SourceReviver = (key: string, value: unknown, context: { source: string }) => unknown;
// The library types know neither the third argument nor rawJSON yet; the engine has both.
const parseWith = JSON.parse as (text: string, reviver: SourceReviver) => unknown;
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The record as text again without some of its attributes, all its numbers to the digit. */
export function textWithout(text: string, names: string[]): string {
  const left = Object.entries(exactly(text)).filter(([name]) => !names.includes(name));
  return JSON.stringify(Object.fromEntries(left));
}

/** The record as text again with one of its attributes null, all its numbers to the digit. */
export function textWithNull(text: string, name: string): string {
  return JSON.stringify({ ...exactly(text), [name]: null });
}

/** The JSON text of one top-level attribute, its numbers to the digit. */
export function exactText(text: string, name: string): string {
  return JSON.stringify(exactly(text)[name]) ?? '';
}

/** The record with every number as the text it was sent as. */
function exactly(text: string): Record<string, unknown> {
  return parseWith(text, (_key, value, { source }) =>
    typeof value === 'number' ? rawJSON(source) : value,
  ) as Record<string, unknown>;
}

function tokenAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && !',}'.includes(text[end]!)) end++;
  return text.slice(start, end).trim();
}

/** Where the array of the top-level key `items` lies, and the text of each element; null without one. */
function findItems(text: string): { from: number; to: number; texts: string[] } | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    else if (code === quote) {
      const end = endOfString(text, at);
      const isKey = depth === 1 && end - at === 7 && text.startsWith('"items"', at);
      at = end - 1;
      if (!isKey) continue;
      const from = arrayAfterColon(text, end);
      if (from !== null) return splitArray(text, from);
    }
  }
  return null;
}

function arrayAfterColon(text: string, start: number): number | null {
  const match = /\s*:\s*\[/y;
  match.lastIndex = start;
  return match.test(text) ? match.lastIndex - 1 : null;
}

function splitArray(text: string, from: number) {
  const texts: string[] = [];
  let depth = 0;
  let start = from + 1;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === 123 || code === 91) depth++;
    else if (code === 44 && depth === 0) {
      texts.push(text.slice(start, at));
      start = at + 1;
    } else if (code === 125 || code === 93) {
      if (depth-- > 0) continue;
      if (code !== 93) throw new SyntaxError('the list of items ends with the wrong bracket');
      const last = text.slice(start, at);
      if (texts.length > 0 || last.trim() !== '') texts.push(last);
      return { from, to: at + 1, texts };
    }
  }
  throw new SyntaxError('the list of items does not end');
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw new SyntaxError('a string does not end');
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
