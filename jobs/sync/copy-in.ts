import type { ClientBase, Connection, Submittable } from 'pg';

// The parts of the driver's connection that COPY needs and its types leave out.
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Sends rows to a `COPY … FROM STDIN` in its text format; rejects with what the database says of them. */
export function copyIn(client: ClientBase, statement: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const copy = {
      submit: (connection: Connection) => connection.query(statement),
      handleCopyInResponse(connection: CopyConnection) {
        connection.sendCopyFromChunk(Buffer.from(rows));
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleError(error: Error) {
        failed = true;
        reject(error);
      },
      handleReadyForQuery: () => (failed ? undefined : resolve()),
    };
    client.query(copy as unknown as Submittable);
  });
}

/** One line of the text format. */
export function copyLine(values: (string | number | null)[]): string {
  return `${values.map(copyValue).join('\t')}\n`;
}

function copyValue(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, (found) => escapes[found]!)
    : value;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
