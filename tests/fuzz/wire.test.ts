import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { send } from './wire.ts';

let server: Server;
afterEach(() => server.close());

/** Answers the first request of every connection; what it does at the second is given. */
async function serverThat(atSecond: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    let asked = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      if (asked++ > 0) return atSecond(socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok');
    });
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function askTwice(url: string) {
  const wire = { method: 'GET', path: '/', headers: [], body: null };
  await send(url, wire);
  // The connection is put back a moment after its answer has been read.
  await new Promise((waited) => setTimeout(waited, 20));
  return send(url, wire);
}

describe('a connection that is gone when it is used again', () => {
  it('is replaced by a new one, and the request is marked', async () => {
    const url = await serverThat((socket) => socket.resetAndDestroy());
    expect(await askTwice(url)).toMatchObject({ status: 200, body: 'ok', resent: true });
  });

  it('is told of where the answer had begun', async () => {
    const url = await serverThat((socket) => {
      socket.write('HTTP/1.1 2', () => setTimeout(() => socket.destroy(), 20));
    });
    expect(await askTwice(url)).toMatchObject({ broken: 'socket hang up', resent: false });
  });
});
