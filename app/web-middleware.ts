import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { isCrossSite, loopback } from './auth/same-origin.ts';
import { isApiPath } from './domain/plain-path.ts';
import { log } from './lib/log.server.ts';

const largestBody = 6 * 1024 * 1024;
/** What the API takes are a few short words. */
const largestCall = 64 * 1024;
/** Files are measured by their own route as they come in, which says in words what was wrong. */
const takesFiles = /^\/opportunities\/[^/]+\/files(\.data)?$/;
const mostDrained = 32 * 1024 * 1024;
const drainedForMs = 5000;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Headers by which a client claims to be, or to have asked, something else. */
const claims = [
  ...['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port'],
  ...['x-real-ip', 'true-client-ip', 'cf-connecting-ip', 'x-original-url', 'x-rewrite-url'],
  ...['x-http-method-override', 'x-http-method', 'x-method-override'],
];

/** Gives the request the id it came with, or one of its own; routes read it from X-Request-Id. */
export const identify: RequestHandler = (request, response, next) => {
  const given = request.get('X-Request-Id') ?? '';
  const requestId = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  request.headers['x-request-id'] = requestId;
  response.locals.requestId = requestId;
  response.locals.clientAddress = request.ip ?? '';
  // Read by now, or believed by nobody: what is behind must not see a second host, scheme or method.
  for (const name of claims) delete request.headers[name];
  response.setHeader('X-Request-Id', requestId);
  next();
};

/** One line a request. Query values may be a person's search, cookies are keys: neither is written. */
export const logRequests: RequestHandler = (request, response, next) => {
  const start = performance.now();
  const { method, path } = request;
  response.on('close', () => {
    const quiet = path.startsWith('/assets/') || path.startsWith('/healthz') || path === '/readyz';
    log[response.statusCode >= 500 ? 'error' : quiet ? 'debug' : 'info'](
      {
        requestId: String(response.locals.requestId),
        method,
        path,
        status: response.statusCode,
        ms: Math.round(performance.now() - start),
        ...(!response.writableFinished && { cut: true }),
      },
      'request',
    );
  });
  next();
};

/** What every answer carries unless its route says otherwise: above all, that nobody keeps it. */
const standing = {
  'Cache-Control': 'private, no-store',
  // A page has a policy of its own; nothing else of ours loads anything.
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), ' +
    'display-capture=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** The standing headers of an application at `appUrl`. */
export function standingHeaders(appUrl: string): Record<string, string> {
  if (!appUrl.startsWith('https://')) return standing;
  return { ...standing, 'Strict-Transport-Security': 'max-age=31536000' };
}

/** Adds the headers that protect a page, late, since Remix adds to a header instead of replacing it. */
export function secure(appUrl: string): RequestHandler {
  const headers = standingHeaders(appUrl);
  return (_request, response, next) => {
    beforeHeaders(response, () => {
      for (const [name, value] of Object.entries(headers)) {
        if (!response.hasHeader(name)) response.setHeader(name, value);
      }
    });
    next();
  };
}

/** Refuses what no page or API of ours takes, before a byte of it is read. */
export const guardBody: RequestHandler = (request, response, next) => {
  const encoding = request.get('Transfer-Encoding');
  // Only of chunks does the parser find the end: behind any other body no request can follow.
  if (encoding && !/^chunked$/i.test(encoding)) response.setHeader('Connection', 'close');
  endUnread(request, response);
  // The API says which of its parameters it is.
  if (!isApiPath(request.path) && /\?.*%00/.test(request.originalUrl)) {
    return sendWords(response, 400, 'Bad request', 'An address cannot hold a NUL character.');
  }
  if (!methods.includes(request.method)) {
    response.setHeader('Allow', methods.join(', '));
    return sendWords(
      response,
      405,
      'Method not allowed',
      `BQS does not answer to ${request.method}.`,
    );
  }
  const multipart = /^multipart\/form-data\b/i.test(request.get('Content-Type') ?? '');
  if (request.method === 'POST' && multipart && takesFiles.test(request.path)) return next();
  const [most, words] = isApiPath(request.path)
    ? [largestCall, 'A request to the API may hold up to 64 kB.']
    : [largestBody, 'A request may hold up to 6 MB.'];
  if (Number(request.get('Content-Length') ?? 0) > most) {
    response.setHeader('Connection', 'close');
    return sendWords(response, 413, 'Too large', words);
  }
  if (encoding) {
    response.setHeader('Connection', 'close');
    return sendWords(response, 411, 'Length required', 'Send the request with a Content-Length.');
  }
  next();
};

/**
 * Ends the connection of a request that was answered before all of it came. A browser shows no answer
 * while it is still sending, so for a moment what comes is thrown away instead.
 */
function endUnread(request: Request, response: Response): void {
  response.on('finish', () => {
    if (request.complete) return;
    const cut = () => request.socket.destroy();
    const timer = setTimeout(cut, drainedForMs).unref();
    let left = mostDrained;
    request.removeAllListeners('data');
    request.on('data', (piece: Buffer) => {
      left -= piece.length;
      if (left < 0) cut();
    });
    request.on('close', () => clearTimeout(timer)).resume();
  });
}

/** Where a provider that people sign in with has its own page send the answer. */
const fromProvider = /^\/\.ory\/self-service\/methods\/(oidc\/callback|saml\/acs)\/[\w-]+$/;

/**
 * Refuses a change that a page of another site asks for, in words; Remix would answer a bare 500. A
 * request with a token is left to the API's own guard. On the way to the identity server, where asking alone is
 * counted, another site's page may lead somebody there, but not load anything.
 */
export function refuseOtherSites(appUrl: string): RequestHandler {
  return (request, response, next) => {
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const guarded = bringsToken(request) || fromProvider.test(request.path);
    const headers = new Headers();
    for (const name of ['Sec-Fetch-Site', 'Origin', 'Host']) {
      const value = request.get(name);
      if (value) headers.set(name, value);
    }
    const refused = reads ? loadsFromOtherSite(request) : !guarded && isCrossSite(headers, appUrl);
    if (!refused) return next();
    const words =
      'This request came from another site, so nothing was changed. Use the page in BQS.';
    sendWords(response, 403, 'Forbidden', words);
  };
}

/** No browser sends a token by itself. The data of a page is never asked for with one. */
function bringsToken(request: Request): boolean {
  const token = request.get('Authorization') ?? request.get('X-Session-Token');
  return isApiPath(request.path) && !request.path.endsWith('.data') && token !== undefined;
}

function loadsFromOtherSite(request: Request): boolean {
  return (
    request.path.startsWith('/.ory/') &&
    request.get('Sec-Fetch-Site') === 'cross-site' &&
    request.get('Sec-Fetch-Dest') !== 'document'
  );
}

const signInPages = /^\/(login|registration|recovery|verification)$/;

/**
 * One machine has several names, but a cookie belongs to one: who signs in under another name of this
 * machine is led to the one BQS goes by.
 */
export function leadToOwnName(appUrl: string): RequestHandler {
  const own = new URL(appUrl);
  return (request, response, next) => {
    const host = request.get('Host') ?? '';
    const name = host.replace(/:\d+$/, '');
    const astray = host !== own.host && loopback.test(name) && loopback.test(own.hostname);
    if (!astray || request.method !== 'GET' || !signInPages.test(request.path)) return next();
    response.redirect(302, `${own.origin}${request.originalUrl}`);
  };
}

/** Knows the event streams that are open, so that a stop need not wait for them. */
export function trackStreams(): { middleware: RequestHandler; end: () => void } {
  const open = new Set<Response>();
  const middleware: RequestHandler = (_request, response, next) => {
    beforeHeaders(response, () => {
      if (!String(response.getHeader('Content-Type')).startsWith('text/event-stream')) return;
      open.add(response);
      response.on('close', () => open.delete(response));
    });
    next();
  };
  return { middleware, end: () => open.forEach((response) => response.destroy()) };
}

/** Answers in words: problem JSON for the API, plain text for a person. */
export function sendWords(response: Response, status: number, title: string, detail: string): void {
  response.status(status);
  if (isApiPath(response.req.path)) {
    response.type('application/problem+json');
    response.send(JSON.stringify({ type: 'about:blank', title, status, detail }));
  } else {
    response.type('text/plain').send(`${detail}\n`);
  }
}

/** Remix sets its headers at the very end, and sends them with them. */
function beforeHeaders(response: Response, act: () => void): void {
  const { writeHead } = response;
  response.writeHead = function (...given: unknown[]) {
    act();
    return Reflect.apply(writeHead, response, given) as typeof response;
  } as typeof response.writeHead;
}
