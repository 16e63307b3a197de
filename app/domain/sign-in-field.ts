import { codeList, codesOf, functionName, text, type Node } from './sign-in-node.ts';
import { fieldNames, fieldNameOf, messageSchema, saveLabel, wordsFor } from './sign-in-words.ts';

/** One thing on the form, in the words of BQS. */
export interface FlowField {
  kind: FieldKind;
  group: string;
  name: string;
  type: string;
  value: string;
  label: string;
  required: boolean;
  disabled: boolean;
  autoComplete?: string;
  pattern?: string;
  maxLength?: number;
  error: string | null;
  /** `trigger`: the function of the flow's script that a press calls; `hidden`: the one to call at once. */
  calls?: string;
  /** `codes`: backup codes, a used one as the text that says so. */
  codes?: { text: string; used: boolean }[];
}

/**
 * What a node is shown as. `settled` is who somebody said they are, sent along and not changed;
 * `left-out` is what BQS does not show, and `label` then says so.
 */
export type FieldKind =
  | ('hidden' | 'settled' | 'input' | 'checkbox' | 'submit')
  | ('text' | 'link' | 'image' | 'codes' | 'trigger' | 'left-out');

/** Where a link of the identity server leads as a browser of BQS sees it. */
export type SeenFrom = (url: string) => string | null;

/** Every type an input can have. One that is not here is left out. */
const inputKinds: Record<string, FieldKind> = {
  ...{ text: 'input', password: 'input', email: 'input', tel: 'input', url: 'input' },
  ...{ number: 'input', date: 'input', 'datetime-local': 'input' },
  ...{ hidden: 'hidden', checkbox: 'checkbox', submit: 'submit', button: 'trigger' },
};

const settled = new Set(['identifier', 'traits.email']);

/** The field of a node; null for a script, which is kept beside the fields, and for a bare box. */
export function fieldOf(node: Node, seen: SeenFrom): FlowField | null {
  const kind = kindOf(node, seen);
  if (!kind) return null;
  const { attributes } = node;
  const name = attributes.name ?? '';
  return {
    kind,
    group: node.group,
    name,
    type: typeOf(node),
    value: valueOf(node, kind, seen),
    label: kind === 'left-out' ? leftOutWords(node) : labelOf(node),
    required: attributes.required === true,
    disabled: attributes.disabled === true,
    autoComplete: text(attributes.autocomplete),
    pattern: text(attributes.pattern),
    maxLength: typeof attributes.maxlength === 'number' ? attributes.maxlength : undefined,
    error: node.messages.map(wordsFor).join(' ') || null,
    calls: functionName(attributes.onclickTrigger ?? attributes.onloadTrigger),
    ...(kind === 'codes' && { codes: codesOf(node) }),
  };
}

function kindOf(node: Node, seen: SeenFrom): FieldKind | null {
  const { type, group, attributes } = node;
  if (type === 'script') return null;
  if (group === 'captcha') return 'left-out';
  if (type === 'div') return null;
  if (type === 'text') return codeList.safeParse(attributes.text).success ? 'codes' : 'text';
  if (type === 'a') return linkOf(attributes.href, seen) ? 'link' : 'left-out';
  if (type === 'img') return pictureOf(attributes.src, seen) ? 'image' : 'left-out';
  return type === 'input' ? inputKind(node) : 'left-out';
}

function inputKind({ group, attributes }: Node): FieldKind {
  const kind = inputKinds[attributes.type ?? 'text'] ?? 'left-out';
  // Signing in elsewhere leads the browser to another site, where BQS lets no form go.
  const elsewhere = group === 'oidc' || group === 'saml';
  if (elsewhere && kind === 'submit' && attributes.name !== 'unlink') return 'left-out';
  if (kind === 'trigger' && !functionName(attributes.onclickTrigger)) return 'left-out';
  if (kind !== 'hidden' || !settled.has(attributes.name ?? '')) return kind;
  return text(attributes.value) ? 'settled' : 'hidden';
}

/** A password is never shown as it is typed, whatever a form that was refused makes of its field. */
function typeOf({ attributes }: Node): string {
  const type = attributes.type ?? 'text';
  return type === 'text' && attributes.name === 'password' ? 'password' : type;
}

function leftOutWords({ group, meta, attributes }: Node): string {
  if (group === 'captcha') {
    return 'The identity server asks for a captcha here, which BQS cannot show. Tell whoever runs BQS.';
  }
  const title = messageSchema.safeParse(attributes.title).data ?? meta.label;
  return title
    ? `“${wordsFor(title)}” is not available in BQS.`
    : 'A part of this form is not available in BQS.';
}

function valueOf({ attributes }: Node, kind: FieldKind, seen: SeenFrom): string {
  if (kind === 'link') return linkOf(attributes.href, seen) ?? '';
  if (kind === 'image') return pictureOf(attributes.src, seen) ?? '';
  if (kind === 'text') return messageSchema.safeParse(attributes.text).data?.text ?? '';
  const { value } = attributes;
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** A link elsewhere is the operator's own affair; a script in a link is nobody's. */
function linkOf(value: unknown, seen: SeenFrom): string | null {
  const href = text(value);
  return href ? (seen(href) ?? (/^https?:\/\//i.test(href) ? href : null)) : null;
}

function pictureOf(value: unknown, seen: SeenFrom): string | null {
  const src = text(value);
  return src ? (/^data:image\//i.test(src) ? src : seen(src)) : null;
}

/** Several forms of one page would all say “Save”; each says what it saves. */
const saveNames: Record<string, string> = {
  profile: 'Save name and address',
  password: 'Save the new password',
  totp: 'Turn on the authenticator app',
};

function labelOf({ group, attributes, meta }: Node): string {
  const name = attributes.name ?? '';
  if (attributes.type === 'submit' && meta.label?.id === saveLabel && saveNames[group]) {
    return saveNames[group];
  }
  if (attributes.type === 'submit' && group === 'profile' && meta.label?.id === 1040001) {
    return 'Continue';
  }
  const known = attributes.type === 'submit' ? undefined : fieldNames[name];
  const title =
    messageSchema.safeParse(attributes.title).data ??
    meta.label ??
    messageSchema.safeParse(attributes.label).data;
  return known ?? (title ? wordsFor(title) : fieldNameOf(name));
}
