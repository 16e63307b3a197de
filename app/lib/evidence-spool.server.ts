import { createHash, randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headBytes } from '#app/domain/evidence.ts';

const pieceBytes = 256 * 1024;

/** A file that has come in whole and waits, outside memory, to be stored or thrown away. */
export interface SpooledFile {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  head: Uint8Array;
  /** Reads up to `length` bytes from `position` on. */
  at(position: number, length: number): Promise<Buffer>;
  /** The bytes from first to last. */
  pieces(): AsyncGenerator<Buffer>;
  release(): Promise<void>;
}

/** Thrown to stop a file that is coming in; the message says why, for people. */
export class FileRefused extends Error {
  readonly reason: 'too-large' | 'content';

  constructor(reason: FileRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Lets `source` flow into a file of its own and takes its sum. `judge` is shown the first bytes as soon
 * as they are there and may throw; so does this at the first byte above `mostBytes`. Either way nothing is kept.
 */
export async function spool(
  source: AsyncIterable<Uint8Array>,
  { mostBytes, judge }: { mostBytes: number; judge: (head: Uint8Array) => Promise<void> },
): Promise<SpooledFile> {
  const path = join(tmpdir(), `bqs-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  // Nameless from the start, the file is gone with this process however that ends. Windows waits.
  await rm(path).catch(() => undefined);
  const release = async () => {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
  };
  try {
    return { ...(await take(source, handle, mostBytes, judge)), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function take(
  source: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  mostBytes: number,
  judge: (head: Uint8Array) => Promise<void>,
): Promise<Omit<SpooledFile, 'release'>> {
  const hash = createHash('sha256');
  let [bytes, head, judged] = [0, Buffer.alloc(0), false];
  for await (const piece of source) {
    if (bytes + piece.length > mostBytes) throw new FileRefused('too-large', 'it is too large');
    hash.update(piece);
    await handle.writev([piece], bytes);
    bytes += piece.length;
    if (!judged) head = Buffer.concat([head, piece]).subarray(0, headBytes);
    if (!judged && head.length === headBytes) {
      judged = true;
      await judge(head);
    }
  }
  if (!judged && bytes > 0) await judge(head);
  return { bytes, sha256: hash.digest('hex'), head, ...readingOf(handle, bytes) };
}

function readingOf(handle: FileHandle, bytes: number): Pick<SpooledFile, 'at' | 'pieces'> {
  const at = async (position: number, length: number) => {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
  async function* pieces() {
    for (let position = 0; position < bytes; position += pieceBytes) {
      yield await at(position, Math.min(pieceBytes, bytes - position));
    }
  }
  return { at, pieces };
}
