import { typeOf } from './attributes.ts';
import { newSpans, scanRecord, spanWidth } from './json-scan.ts';

export type CrmValue = string | number | bigint | boolean | null;

/** One opportunity as the tests see it: identifiers are bigint, everything else as JSON has it. */
export type CrmRecord = Record<string, CrmValue>;

/** Reads a record with its identifiers exact. Throws SyntaxError on text that is no JSON. */
export function readRecord(text: string): CrmRecord {
  const record = JSON.parse(text) as CrmRecord;
  for (const [name, token] of tokensOf(text)) {
    if (typeOf(name) === 'id' && /^-?\d+$/.test(token)) record[name] = BigInt(token);
  }
  return record;
}

/** The JSON token of a value; digits given as text for an identifier become a number, exactly. */
export function tokenOf(name: string, value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  const digits = typeof value === 'string' && typeOf(name) === 'id' && /^\d+$/.test(value);
  return digits ? value : JSON.stringify(value ?? null);
}

/** Name and JSON token of every attribute, in order; empty where the text is no JSON object. */
export function tokensOf(text: string): Map<string, string> {
  const bytes = Buffer.from(text);
  const spans = newSpans();
  const count = scanRecord(bytes, 0, bytes.length, spans);
  const tokens = new Map<string, string>();
  for (let place = 0; place < count * spanWidth; place += spanWidth) {
    const [keyStart, valueStart, valueEnd] = spans.subarray(place + 1, place + 4);
    const key = bytes.toString('utf8', keyStart, valueStart).trimEnd().slice(0, -1).trimEnd();
    tokens.set(JSON.parse(key) as string, bytes.toString('utf8', valueStart, valueEnd));
  }
  return tokens;
}

/** Puts tokens together again; those untouched keep their exact spelling. */
export function textOf(tokens: Map<string, string>): string {
  const parts: string[] = [];
  for (const [name, token] of tokens) parts.push(`${JSON.stringify(name)}:${token}`);
  return `{${parts.join(',')}}`;
}

/** Writes a record with its identifiers exact; framework 9 has numbers of more than 15 digits as strings. */
export function stringifyExact(record: CrmRecord, framework: number): string {
  const tokens = new Map<string, string>();
  for (const [name, value] of Object.entries(record)) {
    const token = tokenOf(name, value);
    tokens.set(name, framework >= 9 && /^-?\d[\d.]{15,}$/.test(token) ? `"${token}"` : token);
  }
  return textOf(tokens);
}
