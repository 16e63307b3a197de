import {
  joined,
  QueryError,
  readQuoted,
  type Condition,
  type Literal,
  type Operator,
  type Reference,
} from './query.ts';

const operators: Record<string, Operator> = {
  '>=': '>=',
  '<=': '<=',
  '<>': '!=',
  '!=': '!=',
  '=': '=',
  '>': '>',
  '<': '<',
};

/**
 * Reads framework 1's `q`: `Attr op value (and|or op value)*`, several of them separated by `;`,
 * all of which must hold. Throws QueryError, also on the grammar of framework 2.
 */
export function parseQueryByExample(source: string): Condition {
  const parts: Condition[] = [];
  let at = 0;
  while (at < source.length) {
    const expression = readExpression(source, at);
    if (expression.condition) parts.push(expression.condition);
    at = expression.end + 1;
  }
  if (parts.length === 0) throw new QueryError('The filter is empty.');
  return joined('and', parts);
}

function readExpression(
  source: string,
  start: number,
): { condition: Condition | null; end: number } {
  const name = /\s*([A-Za-z_][\w]*)?\s*/y;
  name.lastIndex = start;
  const match = name.exec(source)!;
  let at = name.lastIndex;
  if (!match[1]) {
    // A separator after the last expression is tolerated.
    if (at >= source.length || source[at] === ';') return { condition: null, end: at };
    throw new QueryError(`An attribute name is expected at ${at}.`);
  }
  const attribute = { name: match[1], upper: false };
  const alternatives: Condition[][] = [[]];
  for (;;) {
    const term = readTerm(source, at, attribute, alternatives.flat().length === 0);
    alternatives.at(-1)!.push(term.condition);
    const next = readConnective(source, term.end);
    if (next.word === null) return { condition: either(alternatives), end: next.end };
    if (next.word === 'or') alternatives.push([]);
    at = next.end;
  }
}

function either(alternatives: Condition[][]): Condition {
  return joined(
    'or',
    alternatives.map((all) => joined('and', all)),
  );
}

function readConnective(source: string, start: number): { word: 'and' | 'or' | null; end: number } {
  const connective = /\s*(?:(and|or)\b\s*)?/iy;
  connective.lastIndex = start;
  const word = connective.exec(source)?.[1]?.toLowerCase() as 'and' | 'or' | undefined;
  const end = connective.lastIndex;
  if (word) return { word, end };
  if (end < source.length && source[end] !== ';') {
    throw new QueryError(
      `"and", "or" or ";" is expected at ${end}; a value with spaces needs quotes.`,
    );
  }
  return { word: null, end };
}

/** Operator and value; the first term of an expression may leave the operator out to match a pattern. */
function readTerm(source: string, start: number, attribute: Reference, first: boolean) {
  const sign = /\s*(>=|<=|<>|!=|=|>|<)?\s*/y;
  sign.lastIndex = start;
  const operator = operators[sign.exec(source)?.[1] ?? ''];
  if (!operator && !first) {
    throw new QueryError(`An operator is expected at ${start}; the attribute is not repeated.`);
  }
  const { value, end } = readValue(source, sign.lastIndex);
  return { condition: condition(attribute, operator, value), end };
}

function condition(
  attribute: Reference,
  operator: Operator | undefined,
  value: Literal,
): Condition {
  if (!operator) return { kind: 'like', attribute, pattern: value.text, negated: false };
  if (!value.quoted && value.text.toLowerCase() === 'null') {
    if (operator !== '=' && operator !== '!=') throw new QueryError('null has no order.');
    return { kind: 'null', attribute, negated: operator === '!=' };
  }
  return { kind: 'compare', attribute, operator, value };
}

function readValue(source: string, start: number): { value: Literal; end: number } {
  if (source[start] === "'" || source[start] === '"') {
    const { text, end } = readQuoted(source, start);
    return { value: { text, quoted: true }, end };
  }
  const bare = /[^\s;'"()<>=!]+/y;
  bare.lastIndex = start;
  const text = bare.exec(source)?.[0];
  if (!text) throw new QueryError(`A value is expected at ${start}.`);
  return { value: { text, quoted: false }, end: bare.lastIndex };
}
