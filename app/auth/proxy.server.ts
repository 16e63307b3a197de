import { env } from '#app/lib/env.server.ts';
import { cookieFor, isOryCookie, oryCookies } from './cookies.ts';
import { seenByBrowser } from './ory.server.ts';
import { allowedOryPath } from './proxy-path.ts';

const mostBytes = 5 * 1024 * 1024;
const timeout = 10_000;

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
  const body = await readBody(request);
  if (body === 'too-large') return plain(413, 'That is more than the 5 MB that fit here.');
  let answer: Response;
  try {
    answer = await fetch(env.ORY_PUBLIC_URL + path + url.search, {
      method: request.method,
      headers: headersFor(request),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
  } catch {
    return outage(request);
  }
  return answer.status >= 500 ? outage(request) : passOn(request, answer);
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

function passOn(request: Request, answer: Response): Response {
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

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null | 'too-large'> {
  const reader = request.body?.getReader();
  if (!reader) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > mostBytes) return 'too-large';
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
