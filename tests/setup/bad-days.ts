import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from './scripted-identity.ts';

type Script = (request: IncomingMessage, response: ServerResponse) => void;

const html = { 'Content-Type': 'text/html; charset=utf-8' };
const page = '<!doctype html><title>Maintenance</title><script>alert(1)</script>';

/** Writes a piece now and then for as long as anybody listens. */
function drip(response: ServerResponse, piece: string, everyMs: number): void {
  const timer = setInterval(() => response.write(piece), everyMs);
  response.on('close', () => clearInterval(timer));
}

/** Ways in which the identity server can fail to answer, by name. */
export const badDays: Record<string, Script> = {
  'never answers': () => undefined,
  'hangs up': ({ socket }) => void socket.destroy(),
  'drips its answer': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    drip(response, ' ', 300);
  },
  'breaks off in the middle': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 5000 });
    response.write('{"active":true,');
    setTimeout(() => response.destroy(), 50);
  },
  'sends a page with 200': (_request, response) => void response.writeHead(200, html).end(page),
  'sends JSON of another shape': (_request, response) =>
    answer(response, 200, { session: { user: 'manager' }, ui: 'none' }),
  'sends JSON that is cut': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"active": tr');
  },
  'sends nothing with 200': (_request, response) => void response.writeHead(200).end(),
  'sends 204': (_request, response) => void response.writeHead(204).end(),
  'fails with 500': (_request, response) => answer(response, 500, { error: { code: 500 } }),
  'fails with 502 and a page': (_request, response) => void response.writeHead(502, html).end(page),
  'fails with 503': (_request, response) => answer(response, 503, {}, { 'Retry-After': '900' }),
  'is overrun': (_request, response) => answer(response, 429, { error: { code: 429 } }),
  'leads elsewhere': (_request, response) =>
    answer(response, 302, {}, { Location: 'https://elsewhere.example.test/' }),
  'sends without end': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const piece = JSON.stringify('x'.repeat(64 * 1024));
    const more = () => {
      while (!response.destroyed && response.write(piece));
      response.once('drain', more);
    };
    more();
  },
  'sends headers without end': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    for (let line = 0; line < 2000 && !socket.destroyed; line++) {
      socket.write(`X-Header-${line}: ${'x'.repeat(500)}\r\n`);
    }
  },
};
