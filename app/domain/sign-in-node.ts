import { z } from 'zod';
import { messageSchema, usedCode } from './sign-in-words.ts';

/** A form node of the identity server, as far as BQS reads it. */
export const nodeSchema = z.object({
  type: z.string(),
  group: z.string(),
  attributes: z.looseObject({ name: z.string().optional(), type: z.string().optional() }),
  messages: z.array(messageSchema).default([]),
  meta: z.object({ label: messageSchema.optional() }).default({}),
});
export type Node = z.infer<typeof nodeSchema>;

/** The identity server's own script, which passkeys need. */
export interface FlowScript {
  src: string;
  integrity?: string;
}

/** A function of the identity server's script by name, and of nothing else that a page may hold. */
export function functionName(value: unknown): string | undefined {
  const name = text(value);
  return name && /^ory[A-Za-z]{1,60}$/.test(name) ? name : undefined;
}

const ownScript = '/.well-known/ory/webauthn.js';

/**
 * The script of a node that is the identity server's own, at its address under BQS; any other, such
 * as a captcha's from elsewhere, is not loaded.
 */
export function scriptOf({ type, attributes }: Node): FlowScript | null {
  const src = text(attributes.src);
  if (type !== 'script' || !src?.split('?')[0]?.endsWith(ownScript)) return null;
  return { src: `/.ory${ownScript}`, integrity: text(attributes.integrity) };
}

/** The text of a node that lists backup codes. */
export const codeList = z.object({
  context: z.object({ secrets: z.array(messageSchema) }),
});

/** Backup codes as they are shown. */
export function codesOf({ attributes }: Node) {
  const list = codeList.safeParse(attributes.text);
  return (list.data?.context.secrets ?? []).map((secret) => ({
    text: secret.id === usedCode ? 'used' : secret.text,
    used: secret.id === usedCode,
  }));
}

/** A text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
