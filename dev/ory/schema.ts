import schema from '../../ory/identity.schema.json' with { type: 'json' };
import { messages } from './messages.ts';
import type { TraitField } from './nodes.ts';
import type { Message } from './types.ts';

/** The identity schema: the very file the real Kratos is given. */
export { schema };

export const schemaId = 'person_v1';

interface Property {
  type: string;
  title?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  properties?: Record<string, Property>;
  required?: string[];
  additionalProperties?: boolean;
}

const traitsSchema: Property = schema.properties.traits;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(property: Property, path: string): TraitField[] {
  return Object.entries(property.properties ?? {}).flatMap(([key, inner]) => {
    const name = `${path}.${key}`;
    if (inner.properties) return fieldsOf(inner, name);
    return {
      name,
      title: inner.title ?? key,
      type: inner.format === 'email' ? ('email' as const) : ('text' as const),
      required: property.required?.includes(key) ?? false,
    };
  });
}

/** Every trait a form asks for, by dotted name (`traits.name.first`). */
export const traitFields: TraitField[] = fieldsOf(traitsSchema, 'traits');

export const identifierTitle =
  traitFields.find((field) => field.name === 'traits.email')?.title ?? 'E-mail';

export interface SchemaProblem {
  /** Dotted name of the field, for the form. */
  name: string;
  message: Message;
}

// Good enough for a form: one @, no spaces, something on both sides.
export const isEmail = (value: string) => /^[^\s@]+@[^\s@]+$/.test(value);

function checkText(property: Property, value: string, name: string): SchemaProblem[] {
  const { minLength, maxLength, format } = property;
  if (minLength !== undefined && value.length < minLength) {
    return [{ name, message: messages.tooShort(minLength, value.length) }];
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return [{ name, message: messages.tooLong(maxLength, value.length) }];
  }
  if (format === 'email' && !isEmail(value)) {
    return [{ name, message: messages.invalidEmail(value) }];
  }
  return [];
}

function check(property: Property, value: unknown, name: string): SchemaProblem[] {
  if (property.type === 'string') {
    if (typeof value === 'string') return checkText(property, value, name);
    return [{ name, message: messages.wrongType('string', typeof value) }];
  }
  if (!isRecord(value)) {
    return [{ name, message: messages.wrongType('object', typeof value) }];
  }
  const known = property.properties ?? {};
  const missing = (property.required ?? []).filter((key) => value[key] === undefined);
  const unknown = Object.keys(value).filter((key) => !(key in known));
  return [
    ...missing.map((key) => ({ name: `${name}.${key}`, message: messages.missing(key) })),
    ...unknown.map((key) => ({
      name,
      message: messages.generic(`additionalProperties "${key}" not allowed`),
    })),
    ...Object.entries(known)
      .filter(([key]) => value[key] !== undefined)
      .flatMap(([key, inner]) => check(inner, value[key], `${name}.${key}`)),
  ];
}

/** What is wrong with traits; empty when nothing is. */
export const checkTraits = (traits: unknown): SchemaProblem[] =>
  check(traitsSchema, traits ?? {}, 'traits');

/** The value at a dotted name inside `{traits: …}`. */
export function valueAt(traits: unknown, name: string): unknown {
  return name
    .split('.')
    .slice(1)
    .reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), traits);
}

/** Turns dotted keys of a form into nested objects; keys that are nested already stay. */
export function nest(fields: Record<string, unknown>): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const path = key.split('.');
    if (path.some((part) => part === '__proto__' || part === 'constructor')) continue;
    const last = path.pop() ?? key;
    let inner = nested;
    for (const part of path) {
      if (!isRecord(inner[part])) inner[part] = {};
      inner = inner[part] as Record<string, unknown>;
    }
    inner[last] = value;
  }
  return nested;
}

/** Traits without empty text: a form cannot send "absent", an empty field means it. */
export function withoutBlanks(traits: unknown): Record<string, unknown> {
  if (!isRecord(traits)) return {};
  return Object.fromEntries(
    Object.entries(traits)
      .filter(([, value]) => value !== '')
      .map(([key, value]) => [key, isRecord(value) ? withoutBlanks(value) : value]),
  );
}
