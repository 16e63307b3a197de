import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorization } from './authorization.ts';
import { OracleError } from './errors.ts';

/** The requests for a token that wait for an answer, and how many there have been. */
let waiting: ServerResponse[] = [];
let asked = 0;
let left = 0;
let server: Server;

beforeEach(async () => {
  [waiting, asked, left] = [[], 0, 0];
  server = createServer((_request, response) => {
    asked += 1;
    response.once('close', () => (left += response.writableEnded ? 0 : 1));
    waiting.push(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const authorization = (timeoutMs = 10_000) =>
  createAuthorization(
    {
      kind: 'oauth',
      clientId: 'client',
      clientSecret: 'secret',
      scope: 'all',
      tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    },
    timeoutMs,
  );
const until = async (holds: () => boolean) => {
  while (!holds()) await pause(5);
};
async function answer(token: string) {
  await until(() => waiting.length > 0);
  waiting.shift()!.end(JSON.stringify({ access_token: token, expires_in: 3600 }));
}
const patient = () => new AbortController().signal;

describe('a token that is long in coming', () => {
  it('is waited for by each as long as they care to, and by nobody longer or shorter', async () => {
    const { header } = authorization();
    const glance = new AbortController();
    const first = header(glance.signal);
    const second = header(patient());
    await until(() => asked === 1);
    glance.abort(new Error('not waited for any longer'));
    await expect(first).rejects.toThrow('not waited for any longer');
    await answer('one');
    expect(await second).toBe('Bearer one');
    expect([asked, left]).toEqual([1, 0]);
  });

  it('is not asked for any more once nobody waits, and is asked for anew', async () => {
    const { header } = authorization();
    const stopping = new AbortController();
    const both = [header(stopping.signal), header(stopping.signal)];
    await until(() => asked === 1);
    stopping.abort(new Error('stopping'));
    for (const each of both) await expect(each).rejects.toThrow('stopping');
    const next = header(patient());
    await until(() => left === 1 && asked === 2);
    waiting.shift();
    await answer('two');
    expect(await next).toBe('Bearer two');
  });

  it('is a fault of the token server for all who wait, once its time is over', async () => {
    const { header } = authorization(50);
    for (const each of [header(patient()), header(patient())])
      await expect(each).rejects.toBeInstanceOf(OracleError);
    expect(asked).toBe(1);
  });
});

describe('a token that is refused', () => {
  it('is fetched anew once, however late the others are refused', async () => {
    const { header, renew } = authorization();
    const [lane, late] = [header(patient()), header(patient())];
    await answer('old');
    expect(renew(await lane)).toBe(true);
    const renewed = header(patient());
    await answer('new');
    expect(await renewed).toBe('Bearer new');
    expect(renew(await late)).toBe(true);
    expect(await header(patient())).toBe('Bearer new');
    expect(asked).toBe(2);
  });
});
