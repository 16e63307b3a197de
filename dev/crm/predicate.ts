import { type Attribute } from './attributes.ts';
import { parseDay, parseInstant } from './instants.ts';
import {
  QueryError,
  type Condition,
  type Literal,
  type Operator,
  type Reference,
} from './query.ts';
import { textReader, type Row } from './row.ts';

/** What attributes are compared as: exact integers, numbers, texts, or microseconds. */
export type Comparable = bigint | number | string | boolean;
export type Test = (row: Row) => boolean;
export type Catalogue = Map<string, Attribute>;

/** Reads an attribute the way its type compares; null where it is not set or is no such value. */
export function reader({ name, type }: Attribute): (row: Row) => Comparable | null {
  if (name === 'OptyId') return (row) => row.id;
  if (name === 'LastUpdateDate') return (row) => row.updated;
  const text = textReader(name);
  if (type === 'string') return text;
  return (row) => {
    const value = text(row);
    return value === null ? null : converted(type, value);
  };
}

function converted(type: Attribute['type'], text: string): Comparable | null {
  if (type === 'id') return /^-?\d+$/.test(text) ? BigInt(text) : null;
  if (type === 'boolean') return text === 'true';
  if (type === 'timestamp') return parseInstant(text);
  if (type === 'date') return text.slice(0, 10);
  if (type === 'string') return text;
  const number = Number(text);
  return Number.isNaN(number) ? null : number;
}

/** A literal as its attribute's type; throws QueryError where it is no such value. */
export function literalValue(attribute: Attribute, literal: Literal): Comparable {
  const { type, name } = attribute;
  const { text } = literal;
  if (type === 'boolean' && !/^(true|false|Y|N)$/i.test(text)) refuse(name, text);
  if (type === 'boolean') return /^(true|Y)$/i.test(text);
  if (text === '' && type !== 'string') refuse(name, text);
  const value = type === 'date' ? parseDay(text) : converted(type, text);
  if (value === null) refuse(name, text);
  return value;
}

function refuse(name: string, text: string): never {
  throw new QueryError(`JBO-27025: "${text}" is no value for ${name}.`);
}

/** Turns a condition into a test on rows. Throws QueryError on unknown, closed or mistyped attributes. */
export function compile(condition: Condition, catalogue: Catalogue): Test {
  if (condition.kind === 'and' || condition.kind === 'or') {
    const tests = condition.parts.map((part) => compile(part, catalogue));
    return condition.kind === 'and'
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }
  const attribute = resolve(condition.attribute, catalogue);
  const read = condition.attribute.upper ? upper(reader(attribute)) : reader(attribute);
  if (condition.kind === 'null') return (row) => (read(row) === null) !== condition.negated;
  return leaf(condition, attribute, read);
}

/** The attribute a filter or an order names. Throws QueryError where it is unknown or cannot be asked. */
function resolve({ name }: Pick<Reference, 'name'>, catalogue: Catalogue): Attribute {
  const attribute = catalogue.get(name);
  if (!attribute) throw new QueryError(`JBO-25058: ${name} is no attribute of opportunities.`);
  if (!attribute.queryable) throw new QueryError(`Attribute ${name} is not queryable.`);
  return attribute;
}

function upper(read: (row: Row) => Comparable | null): (row: Row) => Comparable | null {
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? value.toUpperCase() : value;
  };
}

type Leaf = Exclude<Condition, { kind: 'and' | 'or' | 'null' }>;

function leaf(condition: Leaf, attribute: Attribute, read: (row: Row) => Comparable | null): Test {
  const value = (literal: Literal) => literalValue(attribute, literal);
  // As in SQL, nothing compares with what is not set, a negated test included.
  const known =
    (test: (found: Comparable) => boolean): Test =>
    (row) => {
      const found = read(row);
      return found !== null && test(found);
    };
  switch (condition.kind) {
    case 'compare':
      return known(comparison(condition.operator, value(condition.value)));
    case 'like': {
      const pattern = likePattern(condition.pattern);
      return known((found) => pattern.test(String(found)) !== condition.negated);
    }
    case 'in': {
      const values = new Set(condition.values.map(value));
      return known((found) => values.has(found) !== condition.negated);
    }
    case 'between': {
      const low = value(condition.low);
      const high = value(condition.high);
      return known((found) => (found >= low && found <= high) !== condition.negated);
    }
  }
}

function comparison(operator: Operator, value: Comparable): (found: Comparable) => boolean {
  switch (operator) {
    case '=':
      return (found) => found === value;
    case '!=':
      return (found) => found !== value;
    case '>':
      return (found) => found > value;
    case '>=':
      return (found) => found >= value;
    case '<':
      return (found) => found < value;
    case '<=':
      return (found) => found <= value;
  }
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replace(/[*%]+/g, '[^]*');
  return new RegExp(`^${escaped}$`, 'u');
}
