import type { CountedBy, RateLimit } from '#app/domain/rate-limit.ts';
import {
  countedAddress,
  flowLimitsOf,
  stepsOf,
  tooOftenWords,
} from '#app/domain/rate-limit-match.ts';
import { env } from '#app/lib/env.server.ts';
import { parseForm } from '#app/lib/form-data.server.ts';
import { countTowards, type Count, type UsedUp } from '#app/lib/rate-limit.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { sessionCookieOf } from './cookies.ts';

/** A request on its way to the identity server, as it is counted. */
export interface FlowRequest {
  request: Request;
  /** As the identity server will read it. */
  path: string;
  body: Uint8Array<ArrayBuffer> | null;
  address: string;
}

/** By names in lower case, since the identity server reads JSON without minding case. */
type Fields = Map<string, string>;

/** What a request counts towards; null where it says one thing twice, so that nobody can tell which counts. */
export async function countsOf(asked: FlowRequest): Promise<Count[] | null> {
  const fields = await fieldsOf(asked);
  if (!fields) return null;
  const limits = flowLimitsOf(asked.request.method, asked.path, stepsOf(asked.path, fields));
  return limits.map((limit) => ({ limit, key: keyOf(limit, asked, fields) }));
}

/** Counts the request. The answer to give instead, where a limit is used up. */
export async function limitFlow(
  { request, path }: FlowRequest,
  counts: readonly Count[],
): Promise<Response | null> {
  const requestId = request.headers.get('X-Request-Id') ?? undefined;
  const usedUp = await countTowards(counts, requestId);
  return usedUp && tooMany(request, path, usedUp);
}

function keyOf({ by }: RateLimit, { request, address }: FlowRequest, fields: Fields): string {
  const account = (fields.get('identifier') ?? fields.get('email') ?? fields.get('recovery_address') ?? '').trim().toLowerCase(); // prettier-ignore
  const client = countedAddress(address);
  const flow = new URL(request.url).searchParams.get('flow') ?? client;
  const session = sessionCookieOf(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  const keys: Record<Exclude<CountedBy, 'viewer'>, string> = {
    address: client,
    account,
    'account-from-address': `${account} ${client}`,
    flow,
    session: session ?? flow,
  };
  return by === 'viewer' ? '' : keys[by];
}

/** The named things of a form and its address; null where one has two values. */
async function fieldsOf({ request, body }: FlowRequest): Promise<Fields | null> {
  const fields: Fields = new Map();
  const pairs = [...new URL(request.url).searchParams, ...(await bodyPairs(request, body))];
  for (const [given, value] of pairs) {
    const name = given.toLowerCase();
    if (counted.has(name) && fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

const counted = new Set([
  ...['identifier', 'email', 'recovery_address', 'flow', 'code'],
  ...['password', 'totp_code', 'lookup_secret'],
]);

async function bodyPairs(
  request: Request,
  body: Uint8Array<ArrayBuffer> | null,
): Promise<[string, string][]> {
  if (!body?.length) return [];
  const type = request.headers.get('Content-Type') ?? '';
  if (/json/i.test(type)) return jsonPairs(Buffer.from(body).toString());
  const form = await parseForm(
    new Request(request.url, { method: 'POST', body, headers: { 'Content-Type': type } }),
  );
  return [...(form ?? [])].map(([name, value]) => [name, String(value)]);
}

function jsonPairs(text: string): [string, string][] {
  try {
    const body: unknown = JSON.parse(text);
    if (!body || typeof body !== 'object') return [];
    return Object.entries(body).map(([name, value]) => [name, String(value)]);
  } catch {
    return [];
  }
}

/** A browser is led back to its page, where the flow still stands; a program is told as Ory would. */
async function tooMany(request: Request, path: string, usedUp: UsedUp): Promise<Response> {
  const { limit, retryAfter } = usedUp;
  const words = tooOftenWords(limit, retryAfter);
  const headers = { 'Retry-After': String(retryAfter) };
  if (!request.headers.get('Accept')?.includes('text/html')) {
    const error = { code: 429, status: 'Too Many Requests', message: words };
    return Response.json({ error }, { status: 429, headers });
  }
  const flow = new URL(request.url).searchParams.get('flow');
  const page = `/${path.split('/')[2] ?? 'login'}`;
  // A page without its flow would start one, and come back here: the start is what was asked too often.
  if (request.method === 'GET' || !flow) {
    return new Response(`${words}\n`, {
      status: 429,
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
    });
  }
  return redirectWithToast(`${page}?${new URLSearchParams({ flow })}`, {
    ...{ tone: 'bad', title: 'Too many attempts', description: words },
  });
}
