import { z } from 'zod';
import {
  codeList,
  codesOf,
  functionName,
  nodeSchema,
  scriptOf,
  text,
  type FlowScript,
  type Node,
} from './sign-in-node.ts';
import { fieldNames, messageSchema, wordsFor } from './sign-in-words.ts';

/** What BQS reads of a self-service flow of the identity server. */
export const flowSchema = z.object({
  id: z.string(),
  return_to: z.string().optional(),
  state: z.unknown(),
  refresh: z.boolean().optional(),
  requested_aal: z.string().optional(),
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
  kind:
    'hidden' | 'input' | 'checkbox' | 'submit' | 'text' | 'link' | 'image' | 'codes' | 'trigger';
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

/** A flow as the page shows it. `action` is where the browser sends the form itself. */
export interface FlowView {
  action: string;
  fields: FlowField[];
  messages: FlowMessage[];
  script: FlowScript | null;
}

/** Turns a flow into what the page shows. */
export function viewFlow(flow: z.infer<typeof flowSchema>): FlowView {
  return {
    action: flow.ui.action,
    fields: flow.ui.nodes.flatMap(fieldOf),
    script: flow.ui.nodes.map(scriptOf).find((script) => script !== null) ?? null,
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
      calls: functionName(attributes.onclickTrigger ?? attributes.onloadTrigger),
      ...(kind === 'codes' && { codes: codesOf(node) }),
    },
  ];
}

/** A script is kept beside the fields; a button that only a script answers is shown once there is one. */
function kindOf({ type, attributes }: Node): FlowField['kind'] | null {
  if (type === 'text') return codeList.safeParse(attributes.text).success ? 'codes' : 'text';
  if (type === 'a') return 'link';
  if (type === 'img') return 'image';
  if (type !== 'input') return null;
  if (attributes.type === 'button')
    return functionName(attributes.onclickTrigger) ? 'trigger' : null;
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
