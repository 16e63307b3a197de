import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { env } from '#app/lib/env.server.ts';
import { forgive } from '#app/lib/rate-limit.server.ts';
import { toastCookie, type Toast } from '#app/lib/toast.server.ts';
import { cookieFor, isOryCookie, oryCookies, sessionCookieOf } from './cookies.ts';
import { isRead } from './is-read.ts';
import { judgeFlow, limitFlow } from './limit-flow.server.ts';
import { seenByBrowser } from './ory.server.ts';
import { allowedOryPath } from './proxy-path.ts';
import { forgetSession } from './session-memo.server.ts';

/** What is sent is read before any limit counts it, so it is little: a passkey takes a few kB. */
const mostBytes = { sent: 64 * 1024, answered: 10 * 1024 * 1024 };
/**
 * How long a whole answer may take. A submission has a password to hash and to look up among leaked ones; in
 * a closed network that is given up after some 20 s.
 */
const patience = { read: 4000, submission: 30_000 };

const saved: Toast = { tone: 'good', title: 'Your account is saved.' };

/** All that is passed on; above all not X-Session-Token, Authorization or a claimed client address. */
const requestHeaders = [
  'Accept',
  'Accept-Language',
  'User-Agent',
  'Referer',
  'Origin',
  'X-CSRF-Token',
];
const responseHeaders = [
  'Content-Type',
  'Cache-Control',
  'Vary',
  'Link',
  'X-Total-Count',
  'Retry-After',
  'Ory-Error-Id',
];

/**
 * Hands a browser's request under `/.ory/` to the identity server's public API, and its answer
 * back. Redirects are for the browser to follow: the public port answers some paths by pointing
 * at the admin API, which must not be reached from here. The client's address goes along: a
 * person's list of sessions shows where each comes from.
 */
export async function proxyToOry(args: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> {
  const { request } = args;
  const address = String(args.context.clientAddress ?? '');
  const url = new URL(request.url);
  const path = allowedOryPath(url.pathname.replace(/^\/\.ory/, ''));
  if (path === null) return plain(404, 'There is nothing here.');
  const body = await readBody(request, mostBytes.sent);
  if (body === 'too-large') return plain(413, 'That is more than the 64 kB that fit here.');
  const asked = { request, path, body, address };
  const judged = await judgeFlow(asked);
  if ('words' in judged) return plain(judged.status, judged.words);
  const refusal = await limitFlow(asked, judged.counts);
  if (refusal) return refusal;
  const answer = await ask({ request, address, ...judged }, env.ORY_PUBLIC_URL + path + url.search);
  if (!answer) return outage(request);
  if (signsIn(answer)) await forgive(judged.counts);
  // Signing out, a new password, a second factor: what is remembered of the session may be untrue now.
  if (request.method !== 'GET' || path.startsWith('/self-service/logout')) forgetSession(request);
  const response = passOn(request, answer);
  if (path === '/self-service/settings' && savedAndLeft(request, response)) {
    response.headers.append('Set-Cookie', await toastCookie(saved));
  }
  return response;
}

/** The page of the account says itself what was saved; a page that follows in its place knows nothing of it. */
function savedAndLeft({ method }: Request, { headers, status }: Response): boolean {
  const target = headers.get('Location');
  if (method !== 'POST' || status !== 303 || !target) return false;
  const { pathname } = new URL(target, env.APP_URL);
  return !/^\/(settings|login|error|\.ory)(\/|$)/.test(pathname);
}

type Bytes = Uint8Array<ArrayBuffer> | null;
interface Asked {
  request: Request;
  address: string;
  body: Bytes;
  contentType: string | null;
}
interface Answer {
  status: number;
  headers: Headers;
  body: Bytes;
}

/** The whole answer of the identity server; null where there is none, or one that cannot be its own. */
async function ask(asked: Asked, url: string): Promise<Answer | null> {
  const { request, body } = asked;
  const over = new AbortController();
  const late = AbortSignal.timeout(isRead(request) ? patience.read : patience.submission);
  try {
    const answer = await fetch(url, {
      method: request.method,
      headers: headersFor(asked),
      body,
      redirect: 'manual',
      signal: AbortSignal.any([over.signal, late]),
    });
    if (answer.status >= 500 || isForeignPage(answer)) return null;
    // Read to its end before a byte of it goes on, so that one that breaks off is an outage too.
    const whole = await readBody(answer, mostBytes.answered);
    return whole === 'too-large'
      ? null
      : { status: answer.status, headers: answer.headers, body: whole };
  } catch {
    return null;
  } finally {
    over.abort();
  }
}

/** The identity server shows no pages. One that comes in its name is of something that stands before it. */
function isForeignPage({ status, headers }: Response): boolean {
  return status < 300 && (headers.get('Content-Type') ?? '').includes('text/html');
}

/** Whether the answer brings a session, as only a sign-in that succeeded does. */
function signsIn(answer: Answer): boolean {
  const cookies = answer.headers.getSetCookie();
  return cookies.some((cookie) =>
    sessionCookieOf(cookie.split(';')[0] ?? '', env.ORY_SESSION_COOKIE),
  );
}

function headersFor({ request, address, contentType }: Asked): Headers {
  const headers = new Headers();
  if (contentType) headers.set('Content-Type', contentType);
  for (const name of requestHeaders) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE).header;
  if (cookies) headers.set('Cookie', cookies);
  // The identity server builds URLs from these, so they come from our settings alone; the client's address
  // is the one of the connection, or what a trusted proxy says of it.
  const app = new URL(env.APP_URL);
  headers.set('X-Forwarded-Proto', app.protocol.slice(0, -1));
  headers.set('X-Forwarded-Host', app.host);
  if (address) headers.set('X-Forwarded-For', address);
  return headers;
}

function passOn(request: Request, answer: Answer): Response {
  const headers = new Headers();
  for (const name of responseHeaders) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  const location = answer.headers.get('Location');
  if (location) {
    const target = seenByBrowser(location);
    if (!target) return plain(502, 'The identity server wanted to send you somewhere outside BQS.');
    headers.set('Location', target);
  }
  for (const cookie of answer.headers.getSetCookie()) {
    const name = cookie.split('=', 1)[0]?.trim() ?? '';
    if (!isOryCookie(name, env.ORY_SESSION_COOKIE)) continue;
    headers.append('Set-Cookie', cookieFor(new URL(env.APP_URL).hostname, cookie));
  }
  const bodiless = request.method === 'HEAD' || [204, 304].includes(answer.status);
  return new Response(bodiless ? null : answer.body, { status: answer.status, headers });
}

async function readBody({ body }: Request | Response, most: number): Promise<Bytes | 'too-large'> {
  const reader = body?.getReader();
  if (!reader) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > most) return 'too-large';
    chunks.push(value);
  }
}

function outage(request: Request): Response {
  const words = 'Sign-in is out of reach at the moment. Try again shortly.';
  if (request.headers.get('Accept')?.includes('application/json')) {
    const error = { code: 503, status: 'Service Unavailable', message: words };
    return Response.json({ error }, { status: 503, headers: { 'Retry-After': '5' } });
  }
  return plain(503, words, { 'Retry-After': '5' });
}

function plain(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(words, {
    status,
    headers: {
      ...headers,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
    },
  });
}
