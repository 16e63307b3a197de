import { nameHash, newSpans, scanRecord, spanWidth } from './json-scan.ts';
import { type Place } from './store.ts';

/** Which attributes of a record are written, and how. */
export interface Projection {
  /** Name hashes to keep; null keeps all. */
  keep: Set<number> | null;
  /** Name hashes to leave out; null leaves out none. */
  drop: Set<number> | null;
  /** Framework 9: numbers of more than 15 digits are written as strings. */
  quoteLongNumbers: boolean;
}

export function projectionOf(
  fields: string[] | null,
  options: { drop: string[]; quoteLongNumbers: boolean },
): Projection {
  return {
    keep: fields && new Set(fields.map(nameHash)),
    drop: options.drop.length === 0 ? null : new Set(options.drop.map(nameHash)),
    quoteLongNumbers: options.quoteLongNumbers,
  };
}

const quote = 34;
const comma = 44;
const longNumber = 15;

/** Puts a JSON answer together from stored bytes, without parsing or serialising records. */
export class PageWriter {
  private bytes = Buffer.allocUnsafe(256 * 1024);
  private length = 0;
  private readonly spans = newSpans();

  text(text: string): void {
    const size = Buffer.byteLength(text);
    this.reserve(size);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** Writes a record, `extra` (attributes as JSON, without braces) put at its end. */
  record({ bytes, start, end }: Place, projection: Projection, extra: string): void {
    const { keep, drop, quoteLongNumbers } = projection;
    const whole = keep === null && drop === null && !quoteLongNumbers;
    const count = whole ? -1 : scanRecord(bytes, start, end, this.spans);
    if (count < 0) return this.whole(bytes, start, end, extra);
    // Quotes added to long numbers need a little room besides the record's own size.
    this.reserve(end - start + count * 3 + 2);
    this.bytes[this.length++] = 123;
    let first = true;
    for (let at = 0; at < count * spanWidth; at += spanWidth) {
      const hash = this.spans[at]!;
      if ((keep && !keep.has(hash)) || drop?.has(hash)) continue;
      if (!first) this.bytes[this.length++] = comma;
      first = false;
      this.attribute(bytes, at, quoteLongNumbers);
    }
    this.text(extra ? `${first ? '' : ','}${extra}}` : '}');
  }

  get size(): number {
    return this.length;
  }

  /** The answer written so far. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private whole(bytes: Buffer, start: number, end: number, extra: string): void {
    this.reserve(end - start);
    const closed = extra !== '' && bytes[end - 1] === 125;
    this.length += bytes.copy(this.bytes, this.length, start, closed ? end - 1 : end);
    if (closed) this.text(`,${extra}}`);
  }

  private attribute(bytes: Buffer, at: number, quoteLongNumbers: boolean): void {
    const keyStart = this.spans[at + 1]!;
    const valueStart = this.spans[at + 2]!;
    const valueEnd = this.spans[at + 3]!;
    const quoted = quoteLongNumbers && isLongNumber(bytes, valueStart, valueEnd);
    this.copy(bytes, keyStart, valueStart);
    if (quoted) this.bytes[this.length++] = quote;
    this.copy(bytes, valueStart, valueEnd);
    if (quoted) this.bytes[this.length++] = quote;
  }

  // Attributes are some twenty bytes long; a loop beats a call into the runtime at that size.
  private copy(bytes: Buffer, start: number, end: number): void {
    const { bytes: target } = this;
    let at = this.length;
    for (let from = start; from < end; from++) target[at++] = bytes[from]!;
    this.length = at;
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
  }
}

function isLongNumber(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= longNumber) return false;
  const byte = bytes[start]!;
  return byte === 45 || (byte >= 48 && byte <= 57);
}
