import { labels } from './messages.ts';
import type { BackupCode, Message, UiNode } from './types.ts';

/** Form nodes of every flow. Pure: what is shown follows from the arguments alone. */

type Group = UiNode['group'];

interface InputOptions {
  value?: unknown;
  required?: boolean;
  label?: Message;
  attributes?: Record<string, unknown>;
}

export function input(
  group: Group,
  name: string,
  type: string,
  options: InputOptions = {},
): UiNode {
  const { value, required, label, attributes } = options;
  return {
    type: 'input',
    group,
    attributes: {
      name,
      type,
      ...(value !== undefined && { value }),
      ...(required && { required }),
      disabled: false,
      node_type: 'input',
      ...attributes,
    },
    messages: [],
    meta: { ...(label && { label }) },
  };
}

export const csrf = (token: string) =>
  input('default', 'csrf_token', 'hidden', { value: token, required: true });

export const submit = (group: Group, method: string, label: Message) =>
  input(group, 'method', 'submit', { value: method, label });

export const password = (autocomplete: 'current-password' | 'new-password') =>
  input('password', 'password', 'password', {
    required: true,
    label: labels.password,
    attributes: { autocomplete },
  });

/** Which second factors somebody has. */
export interface Factors {
  totp: boolean;
  codes: boolean;
}

/** A trait the schema describes: its dotted name, its title, and how to ask for it. */
export interface TraitField {
  name: string;
  title: string;
  type: 'email' | 'text';
  required: boolean;
}

export function trait(group: Group, field: TraitField, value: unknown): UiNode {
  return input(group, field.name, field.type, {
    value,
    required: field.required,
    label: labels.trait(field.title, field.name),
    attributes: field.type === 'email' ? { autocomplete: 'email' } : {},
  });
}

/** E-mail and password. `identifierTitle` names the trait people sign in with. */
export function loginNodes(token: string, identifierTitle: string): UiNode[] {
  return [
    csrf(token),
    input('default', 'identifier', 'text', {
      value: '',
      required: true,
      label: labels.trait(identifierTitle, 'traits.email'),
    }),
    password('current-password'),
    submit('password', 'password', labels.signInWithPassword),
  ];
}

/** Signing in again: who it is stands fast. */
export function refreshNodes(token: string, identifier: string): UiNode[] {
  return [
    csrf(token),
    input('default', 'identifier', 'hidden', { value: identifier }),
    password('current-password'),
    submit('password', 'password', labels.signIn),
  ];
}

/** The second step of signing in: a code from the app, or one from paper. */
export function secondFactorNodes(token: string, factors: Factors): UiNode[] {
  const code = (group: Group, name: string, label: Message, button: Message) => [
    input(group, name, 'text', { value: '', required: true, label }),
    submit(group, group, button),
  ];
  return [
    csrf(token),
    ...(factors.totp
      ? code('totp', 'totp_code', labels.authenticationCode, labels.useAuthenticator)
      : []),
    ...(factors.codes
      ? code('lookup_secret', 'lookup_secret', labels.backupCode, labels.useBackupCode)
      : []),
  ];
}

export function registrationNodes(token: string, fields: TraitField[]): UiNode[] {
  return [
    csrf(token),
    ...fields.map((field) => trait('default', field, undefined)),
    password('new-password'),
    submit('password', 'password', labels.signUp),
  ];
}

/** `valueOf` answers the present value of a trait by its dotted name. */
export function settingsNodes(
  token: string,
  fields: TraitField[],
  valueOf: (name: string) => unknown,
  factors: UiNode[],
): UiNode[] {
  return [
    csrf(token),
    ...fields.map((field) => trait('profile', field, valueOf(field.name))),
    submit('profile', 'profile', labels.save),
    password('new-password'),
    submit('password', 'password', labels.save),
    ...factors,
  ];
}

const press = (group: Group, name: string, label: Message) =>
  input(group, name, 'submit', { value: 'true', label });

/** The authenticator app: to be removed where there is one, else to be set up. */
export function totpNodes(offer: { picture: string; secret: string } | null): UiNode[] {
  if (!offer) {
    return [
      input('totp', 'totp_unlink', 'submit', {
        value: 'true',
        required: true,
        label: labels.unlinkAuthenticator,
      }),
    ];
  }
  const show = (type: 'img' | 'text', attributes: Record<string, unknown>, label: Message) => ({
    type,
    group: 'totp' as const,
    messages: [],
    meta: { label },
    attributes: { ...attributes, node_type: type },
  });
  const picture = { src: offer.picture, id: 'totp_qr', width: 256, height: 256 };
  const secret = { text: labels.secret(offer.secret), id: 'totp_secret_key' };
  return [
    show('img', picture, labels.authenticatorPicture),
    show('text', secret, labels.authenticatorSecret),
    input('totp', 'totp_code', 'text', { required: true, label: labels.verifyCode }),
    submit('totp', 'totp', labels.save),
  ];
}

/** Backup codes: `shown` are on the page, `kept` says that there are some that count. */
export function lookupNodes(shown: readonly BackupCode[] | null, kept: boolean): UiNode[] {
  const button = (name: string, label: Message) => press('lookup_secret', name, label);
  const generate = button('lookup_secret_regenerate', labels.generateCodes);
  const disable = button('lookup_secret_disable', labels.disableCodes);
  if (!shown) {
    return kept ? [button('lookup_secret_reveal', labels.revealCodes), disable] : [generate];
  }
  const list: UiNode = {
    type: 'text',
    group: 'lookup_secret',
    messages: [],
    meta: { label: labels.codes },
    attributes: {
      text: labels.codeList(shown),
      id: 'lookup_secret_codes',
      node_type: 'text',
    },
  };
  const more = kept ? [disable, generate] : [button('lookup_secret_confirm', labels.confirmCodes)];
  return [list, ...more];
}

/** Recovery's and verification's first step: which address? */
export function addressNodes(token: string): UiNode[] {
  return [
    csrf(token),
    input('code', 'email', 'email', { required: true, label: labels.email }),
    submit('code', 'code', labels.proceed),
  ];
}

/** The second step: the code, or another one to the same address. `code` is filled in from a link. */
export function codeNodes(
  token: string,
  purpose: 'recovery' | 'verification',
  address?: string,
  code?: string,
): UiNode[] {
  const recovering = purpose === 'recovery';
  const nodes = [
    csrf(token),
    input('code', 'code', 'text', {
      value: code,
      required: true,
      label: recovering ? labels.recoveryCode : labels.verificationCode,
      attributes: recovering ? { pattern: '[0-9]+', maxlength: 6 } : {},
    }),
    input('code', 'method', 'hidden', { value: 'code' }),
    submit('code', 'code', labels.proceed),
  ];
  if (address) {
    nodes.push(input('code', 'email', 'submit', { value: address, label: labels.resend }));
  }
  return nodes;
}

/** After a verification there is only a link onwards. */
export function doneNodes(token: string, href: string): UiNode[] {
  return [
    csrf(token),
    {
      type: 'a',
      group: 'code',
      attributes: { href, title: labels.proceed, id: 'continue', node_type: 'a' },
      messages: [],
      meta: { label: labels.proceed },
    },
  ];
}

/** The node a form field belongs to: an input that takes a value, not a button. */
function findNode(nodes: UiNode[], name: string): UiNode | undefined {
  return nodes.find(
    (node) => node.attributes['name'] === name && node.attributes['type'] !== 'submit',
  );
}

/** Keeps what was typed. A field that was not sent, or that the form lacks, is left alone. */
export function fillNode(nodes: UiNode[], name: string, value: unknown): void {
  const node = findNode(nodes, name);
  if (node && value !== undefined) node.attributes['value'] = value;
}

/** Puts a message at its field; at a new text node where the form has no such field. */
export function tellNode(nodes: UiNode[], name: string, message: Message): void {
  const node = findNode(nodes, name);
  if (node) node.messages.push(message);
  else nodes.push({ ...input('default', name, 'text'), messages: [message] });
}

export function clearMessages(nodes: UiNode[]): void {
  for (const node of nodes) node.messages = [];
}
