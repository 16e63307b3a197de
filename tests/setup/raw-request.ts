import { connect } from 'node:net';

/** Writes a request as it is, byte by byte; returns all that comes back until the connection ends. */
export function sendRaw(lines: string[], body: string, target: { url: string }): Promise<string> {
  const { hostname, port, host } = new URL(target.url);
  return new Promise((resolve) => {
    let seen = '';
    const socket = connect(Number(port), hostname);
    const head = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`];
    socket.write(
      `${[lines[0], ...head, ...lines.slice(1), 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
    );
    socket.on('data', (piece) => (seen += piece.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(seen));
    socket.setTimeout(20_000, () => socket.destroy());
  });
}

/** The status an answer begins with; 0 where there is none. */
export const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
