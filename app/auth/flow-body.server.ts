import { codeAsMeant } from '#app/domain/flow-spelling.ts';
import { mostFields, parseForm } from '#app/lib/form-data.server.ts';

type Bytes = Uint8Array<ArrayBuffer> | null;

/** What a body says, and the body to send on with the type it was read as: nobody reads it another way. */
export interface FlowBody {
  pairs: [string, string][];
  body: Bytes;
  contentType: string | null;
}

export interface Refused {
  status: number;
  words: string;
}

const json = 'application/json';
const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';
const unreadable = {
  status: 400,
  words: 'What was sent cannot be read as a form, so it was not sent on.',
};

/** Reads what is on its way to the identity server. */
export async function readFlowBody(request: Request, body: Bytes): Promise<FlowBody | Refused> {
  const given = request.headers.get('Content-Type') ?? '';
  const type = given.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!body?.length) return { pairs: [], body, contentType: null };
  if (type === json) {
    const pairs = jsonPairs(body);
    return pairs ? { pairs, body, contentType: json } : unreadable;
  }
  if (type !== urlencoded && type !== multipart) {
    const words = 'A form is sent as a form or as JSON. This was neither, so it was not sent on.';
    return { status: 415, words };
  }
  const pairs = await formPairs(body, type === urlencoded ? urlencoded : given);
  if (!pairs) return unreadable;
  const meant = pairs.map(([name, value]): [string, string] => [name, codeAsMeant(name, value)]);
  const same = meant.every(([, value], index) => value === pairs[index]?.[1]);
  if (type === urlencoded && same) return { pairs, body, contentType: urlencoded };
  // Two readers may part a multipart body in two ways; it goes on as it was read here.
  const rewritten = Buffer.from(new URLSearchParams(meant).toString());
  return { pairs: meant, body: rewritten, contentType: urlencoded };
}

async function formPairs(body: Uint8Array<ArrayBuffer>, type: string) {
  const headers = { 'Content-Type': type };
  const form = await parseForm(new Request('http://form.test', { method: 'POST', body, headers }));
  const pairs: [string, string][] = [];
  for (const [name, value] of form ?? []) {
    // No form of the identity server takes a file.
    if (typeof value !== 'string') return null;
    pairs.push([name, value]);
  }
  return form && pairs;
}

function jsonPairs(body: Uint8Array): [string, string][] | null {
  try {
    const fields: unknown = JSON.parse(Buffer.from(body).toString());
    if (!fields || typeof fields !== 'object' || Array.isArray(fields)) return null;
    const entries = Object.entries(fields);
    return entries.length > mostFields
      ? null
      : entries.map(([name, value]) => [name, textOf(value)]);
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
