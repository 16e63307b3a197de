import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import { sendWords, standingHeaders } from './web-middleware.ts';

/** Remix resolves these, so that a guard which judged the address as it stands would judge another one. */
const climbing = /[\\/](\.|%2e){1,2}([\\/]|$)/i;
const host = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/**
 * Leaves of a request's address only what Remix can read: it makes a URL of the Host, takes another one
 * from X-Forwarded-Host, and answers a bare 500 where neither is the Origin's. Ours has been judged by
 * then, so behind a proxy that renames the host the Origin says which one the browser meant.
 */
export function readAddress(appUrl: string): RequestHandler {
  const own = new URL(appUrl);
  return (request, response, next) => {
    if (!host.test(request.get('Host') ?? '')) {
      return sendWords(response, 400, 'Bad request', 'This request names no host that can be one.');
    }
    if (climbing.test(request.path)) {
      return sendWords(
        response,
        404,
        'Not found',
        'There is nothing at an address with dots in it.',
      );
    }
    // Nothing here unpacks, so that nothing small can become large on the way in.
    if (!/^(identity)?$/i.test(request.get('Content-Encoding') ?? '')) {
      response.setHeader('Accept-Encoding', 'identity');
      return sendWords(response, 415, 'Not readable', 'Send the request as it is, not compressed.');
    }
    delete request.headers['x-forwarded-host'];
    if (request.get('Origin') === own.origin) request.headers.host = own.host;
    // For Remix every other method changes something.
    const data = /\.data$/.test(request.path);
    if (data && ['HEAD', 'OPTIONS'].includes(request.method)) {
      response.setHeader('Allow', 'GET, POST');
      return sendWords(response, 405, 'Method not allowed', 'The data of a page is read with GET.');
    }
    next();
  };
}

/** Answers what is no HTTP, or whose address is too long for it, which no handler ever sees. */
export function answerUnreadable(appUrl: string) {
  const standing = Object.entries(standingHeaders(appUrl)).map((pair) => pair.join(': '));
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // A request that was refused before its end may turn out to be nonsense after its answer.
    const { _httpMessage: answered } = socket as Duplex & {
      _httpMessage?: { headersSent: boolean };
    };
    if (error.code === 'ECONNRESET' || !socket.writable || answered?.headersSent)
      return void socket.destroy();
    const { status, title, body } = unreadable(error.code);
    socket.end(
      [
        `HTTP/1.1 ${status} ${title}`,
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...standing,
        'Connection: close',
        ...['', body],
      ].join('\r\n'),
    );
  };
}

function unreadable(code: string | undefined) {
  const tooLong = code === 'HPE_HEADER_OVERFLOW';
  const status = tooLong ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const detail = tooLong
    ? 'The address and the headers of a request may be 16 kB together.'
    : 'This request could not be read.';
  const title = STATUS_CODES[status] ?? 'Bad request';
  return { status, title, body: JSON.stringify({ type: 'about:blank', title, status, detail }) };
}
