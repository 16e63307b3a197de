import type { IncomingMessage, ServerResponse } from 'node:http';
import { startIdentityServer } from '#dev/ory/server.ts';
import { answer, startScriptedIdentity } from '../setup/scripted-identity.ts';

type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang up';

/** The local identity server, started anew and empty. */
const server = await startIdentityServer({
  baseUrl: 'http://localhost:3000/.ory/',
  appUrl: 'http://localhost:3000',
  log: () => undefined,
});

/** What a test wants answered in place of the server; null leaves it to the server. */
export const bad: {
  day: ((method: string, path: string) => Reply | null | Promise<Reply | null>) | null;
} = { day: null };

const front = await startScriptedIdentity((request, response) => void forward(request, response));
// Import this file before any of ours: the address is read once.
process.env.ORY_ADMIN_URL = front.url;

/** Every request the application made, as `METHOD path`. */
export const asked = () =>
  front.seen.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);

export async function stopIdentities(): Promise<void> {
  await front.stop();
  await server.stop();
}

export interface Made {
  id: string;
  state: string;
  traits: { email: string };
}

/** Speaks to the admin API itself, past any bad day. */
export async function api<T = Made>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server.adminUrl}/admin${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** An identity with a verified address, as somebody who has registered has one. */
export function makeIdentity(email: string, more: object = {}): Promise<Made> {
  return api('POST', '/identities', {
    schema_id: 'person_v1',
    traits: { email, name: { first: 'Ida', last: 'Identity' } },
    verifiable_addresses: [{ value: email, via: 'email', verified: true, status: 'completed' }],
    ...more,
  });
}

export const identities = () => api<Made[]>('GET', '/identities');

/** Forgets every identity. */
export async function forgetIdentities(): Promise<void> {
  for (const { id } of await identities()) await api('DELETE', `/identities/${id}`);
}

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const scripted = (await bad.day?.(method, url.replace(/\?.*/, ''))) ?? null;
  if (scripted === 'hang up') return void request.socket.destroy();
  if (scripted) return answer(response, scripted.status, scripted.body, scripted.headers);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const real = await fetch(server.adminUrl + url, {
    method,
    headers: { 'Content-Type': request.headers['content-type'] ?? 'application/json' },
    body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
  });
  const link = real.headers.get('Link');
  response.writeHead(real.status, {
    'Content-Type': 'application/json',
    ...(link && { Link: link }),
  });
  response.end(Buffer.from(await real.arrayBuffer()));
}
