import { labels } from './messages.ts';
import { csrf, input, password, submit, trait, type TraitField } from './nodes.ts';
import type { UiNode } from './types.ts';

/** Form nodes of the flows that ask who somebody is first, and for the password then. */

const identifierFirst = (type: 'text' | 'hidden', value: unknown, title: string) =>
  input('identifier_first', 'identifier', type, {
    value,
    required: true,
    label: labels.trait(title, 'traits.email'),
    attributes: { autocomplete: 'username webauthn' },
  });

/** The first of two steps: the address alone. */
export function identifierNodes(token: string, identifierTitle: string): UiNode[] {
  return [
    csrf(token),
    identifierFirst('text', '', identifierTitle),
    submit('identifier_first', 'identifier_first', labels.proceed),
  ];
}

/** The second: the password. It looks the same whether or not the address is somebody's. */
export function identifiedNodes(token: string, identifierTitle: string, given: unknown): UiNode[] {
  return [
    csrf(token),
    identifierFirst('hidden', given, identifierTitle),
    password('current-password'),
    submit('password', 'password', labels.signInWithPassword),
  ];
}

/** The first of two steps: who somebody is. `valueOf` answers what was typed for a trait. */
export function profileNodes(
  token: string,
  fields: TraitField[],
  valueOf: (name: string) => unknown,
): UiNode[] {
  return [
    csrf(token),
    ...fields.map((field) => trait('default', field, valueOf(field.name))),
    submit('profile', 'profile', labels.signUp),
  ];
}

/** The second: the password, with the way back. */
export function credentialNodes(
  token: string,
  fields: TraitField[],
  valueOf: (name: string) => unknown,
): UiNode[] {
  const settled = fields.map((field) => trait('default', field, valueOf(field.name)));
  for (const { attributes } of settled) attributes['type'] = 'hidden';
  return [
    csrf(token),
    ...settled,
    password('new-password'),
    submit('password', 'password', labels.signUp),
    input('profile', 'screen', 'submit', { value: 'previous', label: labels.back }),
  ];
}
