import { type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Fault } from './faults.ts';

/** An answer before it is sent. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

export function json(
  status: number,
  body: Buffer | string,
  headers: Record<string, string> = {},
): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

/** Sends an answer, spoiled by the faults given. Never rejects. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  faults: readonly Fault[],
): Promise<void> {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const has = (kind: Fault['kind']) => faults.find((fault) => fault.kind === kind);
  const latency = has('latency');
  if (latency) await pause(latency.delayMs ?? 1000, response);
  // A connection left hanging is ended by the client, or when the server stops.
  if (has('hang') || response.destroyed) return;
  if (has('reset')) return void response.socket?.resetAndDestroy();
  const { body: sent, headers } = spoiled(reply.headers, body, faults);
  const hasBody = reply.status !== 204 && reply.status !== 304;
  const length: Record<string, number> = hasBody ? { 'Content-Length': sent.length } : {};
  response.writeHead(reply.status, { ...headers, ...length });
  if (has('cut')) {
    response.write(sent.subarray(0, sent.length >> 1), () => response.socket?.destroy());
    return;
  }
  const drip = has('drip');
  if (drip) return dripOut(response, sent, drip);
  response.end(hasBody ? sent : undefined);
}

/** The bytes and headers as they leave: half of them, packed and broken, wrongly encoded, wrongly named. */
function spoiled(headers: Record<string, string>, body: Buffer, faults: readonly Fault[]) {
  for (const { kind, contentType = 'text/html' } of faults) {
    if (kind === 'truncated') return { headers, body: body.subarray(0, body.length >> 1) };
    if (kind === 'content-type')
      return { headers: { ...headers, 'Content-Type': contentType }, body };
    if (kind === 'gzip-broken') {
      const packed = gzipSync(body);
      packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 4);
      return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: packed };
    }
    if (kind === 'broken-bytes') return { headers, body: withBrokenByte(body) };
  }
  return { headers, body };
}

/** One letter in the middle becomes a byte that no UTF-8 text holds. */
function withBrokenByte(body: Buffer): Buffer {
  const broken = Buffer.from(body);
  if (broken.length > 0) broken[broken.length >> 1] = 0xff;
  return broken;
}

async function dripOut(response: ServerResponse, body: Buffer, fault: Fault): Promise<void> {
  const size = fault.bytes ?? 1024;
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size));
    await pause(fault.delayMs ?? 200, response);
  }
  response.end();
}

/** Waits, but no longer than the other side does. */
function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    response.once('close', done);
  });
}
