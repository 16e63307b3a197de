export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=';

export interface Literal {
  text: string;
  quoted: boolean;
}

/** An attribute as a filter names it; `upper` where it is wrapped in UPPER(). */
export interface Reference {
  name: string;
  upper: boolean;
}

/** What both grammars of `q` come down to. */
export type Condition =
  | { kind: 'and'; parts: Condition[] }
  | { kind: 'or'; parts: Condition[] }
  | { kind: 'compare'; attribute: Reference; operator: Operator; value: Literal }
  | { kind: 'like'; attribute: Reference; pattern: string; negated: boolean }
  | { kind: 'in'; attribute: Reference; values: Literal[]; negated: boolean }
  | { kind: 'between'; attribute: Reference; low: Literal; high: Literal; negated: boolean }
  | { kind: 'null'; attribute: Reference; negated: boolean };

/** The filter cannot be read; the message says where. */
export class QueryError extends Error {}

/** One part stays itself; several are joined. */
export function joined(kind: 'and' | 'or', parts: Condition[]): Condition {
  return parts.length === 1 ? parts[0]! : { kind, parts };
}

/** Reads a quoted text whose quote is escaped by doubling it. Returns the text and the place after it. */
export function readQuoted(source: string, start: number): { text: string; end: number } {
  const quote = source[start]!;
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] !== quote) text += source[at];
    else if (source[at + 1] === quote) text += source[at++];
    else return { text, end: at + 1 };
  }
  throw new QueryError(`The text that starts at ${start} has no closing quote.`);
}
