import { z } from 'zod';
import { fieldOf, type FlowField, type SeenFrom } from './sign-in-field.ts';
import { nodeSchema, scriptOf, type FlowScript } from './sign-in-node.ts';
import { messageSchema, wordsFor } from './sign-in-words.ts';

export type { FlowField } from './sign-in-field.ts';

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

/** A flow as the page shows it. `action` is where the browser sends the form itself. */
export interface FlowView {
  action: string;
  fields: FlowField[];
  messages: FlowMessage[];
  script: FlowScript | null;
}

/**
 * Turns a flow into what the page shows. `seen` tells where an address of the identity server is for
 * the browser, null where that is outside BQS.
 */
export function viewFlow(flow: z.infer<typeof flowSchema>, seen: SeenFrom): FlowView {
  const fields = flow.ui.nodes.flatMap((node) => fieldOf(node, seen) ?? []);
  const told = fields.filter((field) => field.error !== null && isSilent(field));
  return {
    action: flow.ui.action,
    fields: fields.filter(isFirstToSay),
    script: flow.ui.nodes.map(scriptOf).find((script) => script !== null) ?? null,
    messages: [
      ...(flow.ui.messages ?? []).map((message) => ({
        text: wordsFor(message),
        tone: toneOf(message.type),
      })),
      ...told.map(({ error }) => ({ text: error ?? '', tone: 'bad' as const })),
    ],
  };
}

const toneOf = (type: string): FlowMessage['tone'] =>
  type === 'error' ? 'bad' : type === 'success' ? 'good' : 'info';

/** Whether what is wrong with a field has no place beside it, and is said above the form. */
const isSilent = ({ kind }: FlowField) => !['input', 'checkbox', 'settled'].includes(kind);

/** What is left out is said once, however many nodes it takes. */
const isFirstToSay = (field: FlowField, index: number, all: FlowField[]) =>
  field.kind !== 'left-out' ||
  all.findIndex(({ kind, label }) => kind === 'left-out' && label === field.label) === index;
