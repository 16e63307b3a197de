import { z } from 'zod';
import { fieldNames, messageSchema, wordsFor } from './sign-in-words.ts';

const nodeSchema = z.object({
  type: z.string(),
  group: z.string(),
  attributes: z.looseObject({ name: z.string().optional(), type: z.string().optional() }),
  messages: z.array(messageSchema).default([]),
  meta: z.object({ label: messageSchema.optional() }).default({}),
});
type Node = z.infer<typeof nodeSchema>;

/** What BQS reads of a self-service flow of the identity server. */
export const flowSchema = z.object({
  id: z.string(),
  return_to: z.string().optional(),
  state: z.unknown(),
  refresh: z.boolean().optional(),
  ui: z.object({
    action: z.string(),
    nodes: z.array(nodeSchema),
    messages: z.array(messageSchema).optional(),
  }),
});

export interface FlowMessage {
  text: string;
  tone: 'bad' | 'info' | 'good';
}

/** One thing on the form, in the words of BQS. */
export interface FlowField {
  kind: 'hidden' | 'input' | 'checkbox' | 'submit' | 'text' | 'link' | 'image';
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
}

/** A flow as the page shows it. `action` is where the browser sends the form itself. */
export interface FlowView {
  action: string;
  fields: FlowField[];
  messages: FlowMessage[];
}

/** Turns a flow into what the page shows. */
export function viewFlow(flow: z.infer<typeof flowSchema>): FlowView {
  return {
    action: flow.ui.action,
    fields: flow.ui.nodes.flatMap(fieldOf),
    messages: (flow.ui.messages ?? []).map((message) => ({
      text: wordsFor(message),
      tone: message.type === 'error' ? 'bad' : message.type === 'success' ? 'good' : 'info',
    })),
  };
}

function fieldOf(node: Node): FlowField[] {
  const kind = kindOf(node);
  if (!kind) return [];
  const { attributes } = node;
  const name = attributes.name ?? '';
  return [
    {
      kind,
      group: node.group,
      name,
      type: attributes.type ?? 'text',
      value: valueOf(node, kind),
      label: labelOf(node),
      required: attributes.required === true,
      disabled: attributes.disabled === true,
      autoComplete: text(attributes.autocomplete),
      pattern: text(attributes.pattern),
      maxLength: typeof attributes.maxlength === 'number' ? attributes.maxlength : undefined,
      error: node.messages.map(wordsFor).join(' ') || null,
    },
  ];
}

/** Scripts, and buttons that only a script answers, are left out: everything works without. */
function kindOf({ type, attributes }: Node): FlowField['kind'] | null {
  if (type === 'text') return 'text';
  if (type === 'a') return 'link';
  if (type === 'img') return 'image';
  if (type !== 'input' || attributes.type === 'button') return null;
  if (attributes.type === 'hidden' || attributes.type === 'submit') return attributes.type;
  return attributes.type === 'checkbox' ? 'checkbox' : 'input';
}

function valueOf({ attributes }: Node, kind: FlowField['kind']): string {
  if (kind === 'link') return text(attributes.href) ?? '';
  if (kind === 'image') return text(attributes.src) ?? '';
  if (kind === 'text') return messageSchema.safeParse(attributes.text).data?.text ?? '';
  const { value } = attributes;
  return typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? ''
      : `${value}`;
}

function labelOf({ attributes, meta }: Node): string {
  const known = attributes.type === 'submit' ? undefined : fieldNames[attributes.name ?? ''];
  const title = messageSchema.safeParse(attributes.title).data ?? meta.label;
  return known ?? (title ? wordsFor(title) : (attributes.name ?? ''));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
