import {
  joined,
  QueryError,
  readQuoted,
  type Condition,
  type Literal,
  type Operator,
  type Reference,
} from './query.ts';

export interface Token {
  kind: 'word' | 'string' | 'number' | 'sign' | 'end';
  text: string;
  at: number;
}

const pattern = /\s*(?:([A-Za-z_][\w.]*)|(-?\d+(?:\.\d+)?)(?![\w.-])|(<=|>=|<>|!=|[=<>(),]))/y;

/** Cuts framework 2's `q` into tokens, the last of kind `end`. Throws QueryError. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < source.length && /\s/.test(source[at]!)) at++;
    if (at >= source.length) return [...tokens, { kind: 'end', text: 'the end', at }];
    if (source[at] === "'") {
      const { text, end } = readQuoted(source, at);
      tokens.push({ kind: 'string', text, at });
      at = end;
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) throw new QueryError(`"${source[at]}" at ${at} has no place in this filter.`);
    const kind = match[1] ? 'word' : match[2] ? 'number' : 'sign';
    tokens.push({ kind, text: (match[1] ?? match[2] ?? match[3])!, at });
    at = pattern.lastIndex;
  }
}

/**
 * Reads framework 2's `q`, a boolean expression: AND, OR, parentheses, `= != <> > >= < <=`, LIKE,
 * IN, BETWEEN, IS NULL, their NOT forms, UPPER(attr). Throws QueryError, also on framework 1's `;`.
 */
export function parseRowMatch(source: string): Condition {
  const reader = new Reader(tokenize(source));
  const condition = reader.disjunction();
  reader.expect('end', 'the end');
  return condition;
}

const comparisons = new Map<string, Operator>([
  ['=', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['>', '>'],
  ['>=', '>='],
  ['<', '<'],
  ['<=', '<='],
]);

const keywords = new Set(['AND', 'OR', 'NOT', 'LIKE', 'IN', 'BETWEEN', 'IS', 'NULL']);

class Reader {
  readonly tokens: Token[];
  place = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  disjunction(): Condition {
    const parts = [this.conjunction()];
    while (this.took('OR')) parts.push(this.conjunction());
    return joined('or', parts);
  }

  conjunction(): Condition {
    const parts = [this.primary()];
    while (this.took('AND')) parts.push(this.primary());
    return joined('and', parts);
  }

  primary(): Condition {
    if (!this.tookSign('(')) return this.comparison();
    const inner = this.disjunction();
    this.expect('sign', ')');
    return inner;
  }

  comparison(): Condition {
    const attribute = this.attribute();
    const operator = comparisons.get(this.peek().text);
    if (operator && this.peek().kind === 'sign') {
      this.place++;
      return { kind: 'compare', attribute, operator, value: this.literal() };
    }
    if (this.took('IS')) {
      const negated = this.took('NOT');
      if (!this.took('NULL')) this.refuse('NULL');
      return { kind: 'null', attribute, negated };
    }
    const negated = this.took('NOT');
    if (this.took('LIKE')) {
      return { kind: 'like', attribute, pattern: this.expect('string', 'a text').text, negated };
    }
    if (this.took('IN')) return { kind: 'in', attribute, values: this.list(), negated };
    if (!this.took('BETWEEN')) this.refuse('an operator');
    const low = this.literal();
    if (!this.took('AND')) this.refuse('AND');
    return { kind: 'between', attribute, low, high: this.literal(), negated };
  }

  attribute(): Reference {
    const { text: name } = this.expect('word', 'an attribute');
    if (keywords.has(name.toUpperCase())) throw new QueryError(`${name} is no attribute.`);
    if (name.toUpperCase() !== 'UPPER' || !this.tookSign('(')) return { name, upper: false };
    const inner = this.expect('word', 'an attribute').text;
    this.expect('sign', ')');
    return { name: inner, upper: true };
  }

  list(): Literal[] {
    this.expect('sign', '(');
    const values = [this.literal()];
    while (this.tookSign(',')) values.push(this.literal());
    this.expect('sign', ')');
    return values;
  }

  literal(): Literal {
    const token = this.peek();
    const bareWord = token.kind === 'word' && /^(true|false)$/i.test(token.text);
    if (token.kind !== 'string' && token.kind !== 'number' && !bareWord) {
      this.refuse('a quoted text or a number');
    }
    this.place++;
    return { text: token.text, quoted: token.kind === 'string' };
  }

  peek(): Token {
    return this.tokens[this.place]!;
  }

  took(keyword: string): boolean {
    const token = this.peek();
    const found = token.kind === 'word' && token.text.toUpperCase() === keyword;
    if (found) this.place++;
    return found;
  }

  tookSign(sign: string): boolean {
    const found = this.peek().kind === 'sign' && this.peek().text === sign;
    if (found) this.place++;
    return found;
  }

  expect(kind: Token['kind'], wanted: string): Token {
    const token = this.peek();
    if (token.kind !== kind || (kind === 'sign' && token.text !== wanted)) this.refuse(wanted);
    this.place++;
    return token;
  }

  refuse(wanted: string): never {
    const { text, at } = this.peek();
    throw new QueryError(`${wanted} is expected at ${at}, not ${text}.`);
  }
}
