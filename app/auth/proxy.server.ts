import { env } from '#app/lib/env.server.ts';
import { isOryCookie, oryCookies } from './cookies.ts';
import { allowedOryPath } from './proxy-path.ts';

const mostBytes = { sent: 5 * 1024 * 1024, answered: 10 * 1024 * 1024 };
/** How long a whole answer may take. A submission has a password to hash and may have a mail to send. */
const patience = { read: 4000, submission: 10_000 };

/** All that is passed on; above all not X-Session-Token, Authorization or a claimed client address. */
const requestHeaders = [
  'Accept',
  'Accept-Language',
  'Content-Type',
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
 * at the admin API, which must not be reached from here.
 */
export async function proxyToOry(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = allowedOryPath(url.pathname.replace(/^\/\.ory/, ''));
  if (path === null) return plain(404, 'There is nothing here.');
  const body = await readBody(request, mostBytes.sent);
  if (body === 'too-large') return plain(413, 'That is more than the 5 MB that fit here.');
  const answer = await ask(request, env.ORY_PUBLIC_URL + path + url.search, body);
  return answer ? passOn(request, answer) : outage(request);
}

type Bytes = Uint8Array<ArrayBuffer> | null;
interface Answer {
  status: number;
  headers: Headers;
  body: Bytes;
}

/** The whole answer of the identity server; null where there is none, or one that cannot be its own. */
async function ask(request: Request, url: string, body: Bytes): Promise<Answer | null> {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const over = new AbortController();
  const late = AbortSignal.timeout(reads ? patience.read : patience.submission);
  try {
    const answer = await fetch(url, {
      method: request.method,
      headers: headersFor(request),
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

function headersFor(request: Request): Headers {
  const headers = new Headers();
  for (const name of requestHeaders) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value);
  }
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE).header;
  if (cookies) headers.set('Cookie', cookies);
  // The identity server builds URLs from these, so they come from our settings alone.
  const app = new URL(env.APP_URL);
  headers.set('X-Forwarded-Proto', app.protocol.slice(0, -1));
  headers.set('X-Forwarded-Host', app.host);
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
    const target = URL.canParse(location, env.APP_URL) ? new URL(location, env.APP_URL) : null;
    if (target?.origin !== new URL(env.APP_URL).origin) {
      return plain(502, 'The identity server wanted to send you somewhere outside BQS.');
    }
    headers.set('Location', location);
  }
  for (const cookie of answer.headers.getSetCookie()) {
    const name = cookie.split('=', 1)[0]?.trim() ?? '';
    if (isOryCookie(name, env.ORY_SESSION_COOKIE)) headers.append('Set-Cookie', cookie);
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
