import {
  accountName,
  fieldName,
  flowId,
  mayVisit,
  sessionName,
} from '#app/domain/flow-spelling.ts';
import {
  mailFlows,
  type CountedBy,
  type FlowStep,
  type RateLimit,
} from '#app/domain/rate-limit.ts';
import {
  countedAddress,
  flowLimitsOf,
  mailFields,
  stepsOf,
  tooOftenWords,
} from '#app/domain/rate-limit-match.ts';
import { env } from '#app/lib/env.server.ts';
import { countTowards, type Count, type UsedUp } from '#app/lib/rate-limit.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { sessionCookieOf } from './cookies.ts';
import { isRead } from './is-read.ts';
import { readFlowBody, type FlowBody, type Refused } from './flow-body.server.ts';

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
type Pairs = readonly [string, string][];

/** A request that was judged: what it counts towards, and what of it is sent on. */
export interface Judged extends Omit<FlowBody, 'pairs'> {
  counts: Count[];
}

/** Tells a page that its form was not sent, so what the flow says of the time before is not shown. */
export const unsent = 'unsent';

const twice = {
  status: 400,
  words: 'This form gives one of its fields twice, so it was not sent on.',
};
const notVisited = {
  status: 400,
  words: 'This address holds parts of a form, which are not sent this way. Use the page in BQS.',
};

/** Judges a request, or says why nobody can: it says one thing twice, or nothing one can read. */
export async function judgeFlow(asked: FlowRequest): Promise<Judged | Refused> {
  const { request, path } = asked;
  const query = [...new URL(request.url).searchParams];
  const names = query.map(([name]) => name);
  if (isRead(request) && !mayVisit(path, names)) return notVisited;
  const read = await readFlowBody(request, asked.body);
  if ('words' in read) return read;
  const fields = fieldsOf(query, read.pairs);
  if (!fields) return twice;
  const limits = flowLimitsOf(request.method, path, stepsOfRequest(asked, fields));
  const counts = limits.map((limit) => ({ limit, key: keyOf(limit, asked, fields) }));
  return { counts, body: read.body, contentType: read.contentType };
}

/** A page that is visited does nothing, unless it brings the code of a mail. */
function stepsOfRequest({ request, path }: FlowRequest, fields: Fields): FlowStep[] {
  const idle = isRead(request) && !fields.has('code') && !fields.has('token');
  return idle ? [] : stepsOf(path, fields);
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

function keyOf({ by }: RateLimit, { request, path, address }: FlowRequest, fields: Fields): string {
  const named = mailFlows.test(path)
    ? [...mailedTo(fields)][0]
    : accountName(fields.get('identifier') ?? '');
  const account = named ?? '';
  const client = countedAddress(address);
  const flow = flowId(new URL(request.url).searchParams.get('flow')) ?? client;
  const session = sessionCookieOf(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  const keys: Record<Exclude<CountedBy, 'viewer'>, string> = {
    address: client,
    account,
    'account-from-address': `${account} ${client}`,
    flow,
    session: session === null ? flow : sessionName(session),
  };
  return by === 'viewer' ? '' : keys[by];
}

/** The named things of a form and its address; null where one has two values. */
function fieldsOf(query: Pairs, body: Pairs): Fields | null {
  const fields: Fields = new Map();
  for (const [given, value] of [...query, ...body]) {
    const name = fieldName(given);
    if (counted.has(name) && fields.has(name)) return null;
    // A page has its method in a hidden field and on the button; two that differ count as neither.
    fields.set(name, name === 'method' && (fields.get(name) ?? value) !== value ? '' : value);
  }
  if ([query, body].every(givesMethod)) return null;
  return mailedTo(fields).size > 1 ? null : fields;
}

/** The accounts a form asks a code for. Of several, one is chosen by what is shown of it, which names none. */
function mailedTo(fields: Fields): Set<string> {
  const named = mailFields.flatMap((name) => {
    const value = fields.get(name);
    return value && !(name === 'recovery_address' && value.includes('*')) ? [value] : [];
  });
  return new Set(named.map(accountName));
}

const givesMethod = (pairs: Pairs) => pairs.some(([given]) => fieldName(given) === 'method');

const counted = new Set([
  ...['identifier', ...mailFields, 'flow', 'code', 'token'],
  ...['password', 'totp_code', 'lookup_secret'],
]);

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
  return redirectWithToast(`${page}?${new URLSearchParams({ flow, [unsent]: '1' })}`, {
    tone: 'bad',
    title: 'Too many attempts',
    description: words,
  });
}
