import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { parseCookies, setCookie } from './cookies.ts';
import { csrfCookieName, maskToken, newCsrfSecret, parseCsrfSecret, verifyToken } from './csrf.ts';
import { badRequest, Fault } from './errors.ts';
import { acceptsJson, isJsonRequest } from './negotiate.ts';
import { isRecord, nest } from './schema.ts';
import type { Service } from './service.ts';

/** An answer: JSON, text, a redirect, or nothing but a status. */
export interface Reply {
  status: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

export const json = (status: number, body: unknown, headers?: Record<string, string>): Reply => ({
  status,
  json: body,
  ...(headers && { headers }),
});

export const redirect = (location: string, status = 303): Reply => ({
  status,
  headers: { Location: location },
});

export const empty = (status = 204): Reply => ({ status });

const largestBody = 1_000_000;

/** One request on its way to an answer, with what is learnt and decided about it. */
export class Exchange {
  readonly service: Service;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: Map<string, string>;
  readonly remoteAddress: string;
  /** Values of the route's `:names`. */
  params: Record<string, string> = {};
  readonly #request: IncomingMessage;
  readonly #setCookies = new Map<string, string>();
  #csrf: Buffer | undefined;

  constructor(service: Service, request: IncomingMessage) {
    this.service = service;
    this.#request = request;
    this.method = request.method ?? 'GET';
    this.headers = request.headers;
    this.url = new URL(request.url ?? '/', this.#origin());
    this.cookies = parseCookies(request.headers.cookie);
    this.remoteAddress = request.socket.remoteAddress ?? '';
    this.#csrf = parseCsrfSecret(this.cookies.get(csrfCookieName(service.baseUrl)));
  }

  #origin(): string {
    const protocol = this.header('x-forwarded-proto') ?? 'http';
    return `${protocol}://${this.header('x-forwarded-host') ?? this.headers.host ?? 'localhost'}`;
  }

  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  query(name: string): string | undefined {
    return this.url.searchParams.get(name) ?? undefined;
  }

  /** Whether a submission and its errors are answered in JSON. */
  get wantsJson(): boolean {
    return isJsonRequest(this.headers.accept, this.headers['content-type']);
  }

  /** Whether a flow just begun is answered in JSON. */
  get acceptsJson(): boolean {
    return acceptsJson(this.headers.accept);
  }

  setCookie(name: string, line: string): void {
    this.#setCookies.set(name, line);
  }

  get setCookieLines(): string[] {
    return [...this.#setCookies.values()];
  }

  /** Gives a browser without a usable CSRF cookie a new one. */
  ensureCsrf(): void {
    if (!this.#csrf) this.renewCsrf();
  }

  /** Replaces the CSRF cookie: forms rendered before stop working. */
  renewCsrf(): void {
    this.#csrf = newCsrfSecret();
    const name = csrfCookieName(this.service.baseUrl);
    const line = setCookie(name, this.#csrf.toString('base64'), { maxAge: 31_536_000 });
    this.setCookie(name, line);
  }

  /** A token for a form, made from the browser's CSRF cookie. */
  csrfToken(): string {
    this.ensureCsrf();
    return maskToken(this.#csrf ?? newCsrfSecret());
  }

  csrfFits(token: unknown): boolean {
    return verifyToken(token ?? this.header('x-csrf-token'), this.#csrf);
  }

  /** The body as an object: JSON, or a form with dotted names unfolded. Throws 400 or 413. */
  async body(): Promise<Record<string, unknown>> {
    const text = await this.#text();
    const type = this.headers['content-type'] ?? '';
    if (type.startsWith('application/json')) {
      const value = parseJson(text.toString('utf8'));
      if (!isRecord(value)) throw badRequest('The body has to be a JSON object.');
      return nest(value);
    }
    if (type.startsWith('multipart/form-data')) {
      const form = await new Response(new Uint8Array(text), {
        headers: { 'content-type': type },
      }).formData();
      return nest(Object.fromEntries(form));
    }
    return nest(Object.fromEntries(new URLSearchParams(text.toString('utf8'))));
  }

  /** The body as JSON of any shape; undefined when there is none. */
  async jsonBody(): Promise<unknown> {
    const text = (await this.#text()).toString('utf8');
    return text === '' ? undefined : parseJson(text);
  }

  async #text(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.#request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestBody) throw new Fault(413, 'The body is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON.');
  }
}

/** Writes the answer; HEAD gets the headers alone. */
export function send(exchange: Exchange, response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | string[]> = { Server: 'ory-standin', ...reply.headers };
  let text = reply.text ?? '';
  if (reply.json !== undefined) {
    text = JSON.stringify(reply.json);
    headers['Content-Type'] ??= 'application/json; charset=utf-8';
  } else if (text) {
    headers['Content-Type'] ??= 'text/plain; charset=utf-8';
  }
  if (exchange.setCookieLines.length > 0) headers['Set-Cookie'] = exchange.setCookieLines;
  response.writeHead(reply.status, headers);
  response.end(exchange.method === 'HEAD' ? undefined : text);
}

/** A refused request as JSON; errors carry their id in a header too. */
export function faultReply(fault: Fault): Reply {
  return json(
    fault.status,
    { error: fault.body, ...fault.beside },
    { 'Content-Type': 'application/json', 'Ory-Error-Id': fault.body.id ?? '' },
  );
}
