import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedIdentity {
  url: string;
  /** Every request so far. */
  seen: { method: string; path: string; headers: IncomingMessage['headers'] }[];
  stop(): Promise<void>;
}

type Script = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An identity server that answers as a test tells it to: for what the real one does only on bad
 * days, such as asking for a second factor, sending nonsense or saying nothing.
 */
export async function startScriptedIdentity(script: Script): Promise<ScriptedIdentity> {
  const seen: ScriptedIdentity['seen'] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    script(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** A session as whoami answers it. */
export function sessionOf(identity: {
  id: string;
  email: string;
  verified: boolean;
  traits?: object;
}) {
  const { id, email, verified } = identity;
  const traits = identity.traits ?? { email, name: { first: 'Scripted', last: 'Person' } };
  const verifiable_addresses = [{ value: email, verified, via: 'email' }];
  return { active: true, identity: { id, traits, verifiable_addresses } };
}

/** Answers JSON. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
