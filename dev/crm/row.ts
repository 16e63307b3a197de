import { nameHash, newSpans, scanRecord, spanWidth } from './json-scan.ts';
import { type Store } from './store.ts';

/**
 * A window onto one record at a time, for filters and sorting: set `slot`, then read. The text is
 * scanned only once an attribute outside the columns is asked for.
 */
export class Row {
  readonly store: Store;
  private current = -1;
  private count = -1;
  private readonly spans = newSpans();

  constructor(store: Store) {
    this.store = store;
  }

  set slot(slot: number) {
    this.current = slot;
    this.count = -1;
  }

  get id(): bigint {
    return this.store.ids[this.current]!;
  }

  get updated(): number {
    return this.store.updated[this.current]!;
  }

  /** The attribute's JSON token, or null where it is absent or null. */
  token(hash: number): string | null {
    const { bytes, start, end } = this.store.place(this.current);
    if (this.count < 0) this.count = scanRecord(bytes, start, end, this.spans);
    for (let at = 0; at < this.count * spanWidth; at += spanWidth) {
      if (this.spans[at] !== hash) continue;
      const token = bytes.toString('utf8', this.spans[at + 2], this.spans[at + 3]);
      return token === 'null' ? null : token;
    }
    return null;
  }

  /** The attribute as text, without its quotes; null where it is absent or null. */
  text(hash: number): string | null {
    const token = this.token(hash);
    if (token === null || !token.startsWith('"')) return token;
    return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  }
}

/** Reads an attribute of a row by name. */
export function textReader(name: string): (row: Row) => string | null {
  const hash = nameHash(name);
  return (row) => row.text(hash);
}
