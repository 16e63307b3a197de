import { request as httpRequest, Agent, type IncomingHttpHeaders } from 'node:http';

/** A request to the last byte. */
export interface Wire {
  method: string;
  /** As it goes over the wire. */
  path: string;
  headers: [name: string, value: string][];
  body: Buffer | null;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Names and values in turns, as they came. */
  rawHeaders: string[];
  body: string;
  ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const mostRead = 3_000_000;
export const longestMs = 30_000;

export interface Broken {
  broken: string;
  ms: number;
  /** The connection had served before and went away before a byte of this answer. */
  stale: boolean;
}

/**
 * Sends a request as it is, and once more, on a connection of its own, where the one it was sent on
 * turned out to be gone: the far side may end an idle one at any time.
 */
export async function send(
  url: string,
  wire: Wire,
): Promise<(Answer | Broken) & { resent: boolean }> {
  const first = await attempt(url, wire, agent);
  if (!('broken' in first && first.stale)) return { ...first, resent: false };
  return { ...(await attempt(url, wire, false)), resent: true };
}

/** A stream of events is left once it has begun. */
function attempt(url: string, wire: Wire, agent: Agent | false): Promise<Answer | Broken> {
  const { hostname, port } = new URL(url);
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  return new Promise((resolve) => {
    const sent = httpRequest({
      hostname,
      port,
      path: wire.path,
      method: wire.method,
      agent,
      setHost: false,
    });
    if (!wire.headers.some(([name]) => name === 'Host')) sent.setHeader('Host', new URL(url).host);
    for (const [name, value] of wire.headers) sent.setHeader(name, value);
    sent.setTimeout(longestMs, () => sent.destroy(new Error(`no answer in ${longestMs} ms`)));
    let readBefore = 0;
    sent.on('socket', ({ bytesRead }) => (readBefore = bytesRead));
    sent.on('error', ({ message, code }: NodeJS.ErrnoException) => {
      const unanswered = sent.socket?.bytesRead === readBefore;
      const stale = sent.reusedSocket && unanswered && (code === 'ECONNRESET' || code === 'EPIPE');
      resolve({ broken: message, ms: ms(), stale });
    });
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      const type = response.headers['content-type'] ?? '';
      const done = () => {
        const { statusCode: status = 0, headers, rawHeaders } = response;
        resolve({ status, headers, rawHeaders, body: Buffer.concat(pieces).toString(), ms: ms() });
      };
      const stream = type.startsWith('text/event-stream');
      const leave = () => {
        done();
        response.destroy();
      };
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > mostRead) leave();
      });
      if (stream) leave();
      response.on('end', done);
      response.on('error', done);
    });
    sent.end(wire.body ?? undefined);
  });
}

/** The same request for a shell; bytes beyond ASCII are written as escapes. */
export function asCurl(url: string, { method, path, headers, body }: Wire): string {
  const words = [
    ...['curl', '-i', '--path-as-is', '-X', method, quoted(Buffer.from(url + path, 'latin1'))],
    ...headers.flatMap(([name, value]) => [
      '-H',
      quoted(Buffer.from(`${name}: ${value}`, 'latin1')),
    ]),
    ...(body ? ['--data-binary', quoted(body)] : []),
  ];
  return words.join(' ');
}

function quoted(bytes: Buffer): string {
  const shown = bytes.subarray(0, 20_000);
  const text = [...shown].map((byte) => {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    return plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `$'${text.join('')}'${shown.length < bytes.length ? ` # and ${bytes.length - shown.length} bytes more` : ''}`;
}
