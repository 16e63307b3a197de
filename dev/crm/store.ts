import { newSpans, nameHash, scanRecord, spanWidth } from './json-scan.ts';

const slabSize = 16 * 1024 * 1024;
const gone = 0;
const visible = 1;
const hidden = 2;

const numberKey = nameHash('OptyNumber');

/** Where a record's text lies: `bytes[start, end)`. */
export interface Place {
  bytes: Buffer;
  start: number;
  end: number;
}

/**
 * Holds records as UTF-8 JSON in slabs outside the JavaScript heap, so that a million fit and a page is
 * copied rather than serialised. A record is known by its slot; slots are never used again. The columns
 * beside the text are what filters and paging need most.
 */
export class Store {
  slots = 0;
  /** Rises with every change; what is derived from the rows is kept under it. */
  version = 0;
  size = 0;
  ids = new BigInt64Array(1024);
  /** LastUpdateDate in microseconds since 1970. */
  updated = new Float64Array(1024);
  /** Slots ascending by OptyId; `slots` of them are meant. */
  order = new Uint32Array(1024);
  private state = new Uint8Array(1024);
  private slab = new Uint16Array(1024);
  private start = new Uint32Array(1024);
  private length = new Uint32Array(1024);
  private room = new Uint32Array(1024);
  private readonly slabs: Buffer[] = [];
  private used = slabSize;
  private byNumber: Map<string, number> | null = null;
  private shuffled: { version: number; slots: Uint32Array } | null = null;
  private readonly spans = newSpans();

  /** Takes a record in; returns its slot. `id` decides its place among the others. */
  add(id: bigint, updated: number, text: string): number {
    const slot = this.slots;
    if (slot === this.ids.length) this.grow();
    const rank = slot > 0 && this.idAt(slot - 1) <= id ? slot : this.rankAfter(id);
    this.order.copyWithin(rank + 1, rank, slot);
    this.order[rank] = slot;
    this.ids[slot] = id;
    this.updated[slot] = updated;
    this.state[slot] = visible;
    this.slots++;
    this.size++;
    this.version++;
    this.write(slot, text);
    if (this.byNumber) this.index(slot);
    return slot;
  }

  /** Replaces a record's text, in place where it fits. */
  replace(slot: number, updated: number, text: string): void {
    this.forgetNumber(slot);
    this.updated[slot] = updated;
    this.write(slot, text);
    this.version++;
    if (this.byNumber && this.state[slot] === visible) this.index(slot);
  }

  remove(slot: number): void {
    this.setState(slot, gone);
  }

  setHidden(slot: number, isHidden: boolean): void {
    if (this.state[slot] !== gone) this.setState(slot, isHidden ? hidden : visible);
  }

  isVisible(slot: number): boolean {
    return this.state[slot] === visible;
  }

  exists(slot: number): boolean {
    return slot < this.slots && this.state[slot] !== gone;
  }

  place(slot: number): Place {
    const start = this.start[slot]!;
    return { bytes: this.slabs[this.slab[slot]!]!, start, end: start + this.length[slot]! };
  }

  text(slot: number): string {
    const { bytes, start, end } = this.place(slot);
    return bytes.toString('utf8', start, end);
  }

  /** The first rank whose OptyId is above `id`. */
  rankAfter(id: bigint): number {
    let low = 0;
    let high = this.slots;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.idAt(middle) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The slot that holds an OptyId, hidden ones too, or -1. */
  find(id: bigint): number {
    for (let rank = this.rankAfter(id) - 1; rank >= 0 && this.idAt(rank) === id; rank--) {
      if (this.state[this.order[rank]!] !== gone) return this.order[rank]!;
    }
    return -1;
  }

  /** The visible slot of an OptyNumber, or -1. */
  findNumber(number: string): number {
    if (!this.byNumber) {
      this.byNumber = new Map();
      for (let slot = 0; slot < this.slots; slot++) if (this.isVisible(slot)) this.index(slot);
    }
    return this.byNumber.get(number) ?? -1;
  }

  /** Visible slots in the order the CRM answers where none is asked for: arbitrary, yet stable. */
  naturalOrder(): Uint32Array {
    if (this.shuffled?.version === this.version) return this.shuffled.slots;
    const slots = this.shuffle(0);
    this.shuffled = { version: this.version, slots };
    return slots;
  }

  /** Visible slots shuffled by a salt. */
  shuffle(salt: number): Uint32Array {
    const keys = new Float64Array(this.size);
    let count = 0;
    for (let slot = 0; slot < this.slots; slot++) {
      // Hash above, slot below: sorting the sums shuffles the slots; 2^22 slots are more than fit.
      if (this.isVisible(slot)) keys[count++] = scatter(slot ^ salt) * 4194304 + slot;
    }
    return Uint32Array.from(keys.sort(), (key) => key % 4194304);
  }

  private idAt(rank: number): bigint {
    return this.ids[this.order[rank]!]!;
  }

  private setState(slot: number, state: number): void {
    const was = this.state[slot]!;
    if (was === state) return;
    if (was === visible) this.forgetNumber(slot);
    this.state[slot] = state;
    this.size += Number(state === visible) - Number(was === visible);
    this.version++;
    if (state === visible && this.byNumber) this.index(slot);
  }

  private write(slot: number, text: string): void {
    const length = Buffer.byteLength(text);
    if (length > this.room[slot]!) this.reserve(slot, length);
    this.slabs[this.slab[slot]!]!.write(text, this.start[slot]!, 'utf8');
    this.length[slot] = length;
  }

  private reserve(slot: number, length: number): void {
    if (this.used + length > (this.slabs.at(-1)?.length ?? 0)) {
      this.slabs.push(Buffer.allocUnsafeSlow(Math.max(slabSize, length)));
      this.used = 0;
    }
    this.slab[slot] = this.slabs.length - 1;
    this.start[slot] = this.used;
    this.room[slot] = length;
    this.used += length;
  }

  private numberOf(slot: number): string | null {
    const { bytes, start, end } = this.place(slot);
    const count = scanRecord(bytes, start, end, this.spans);
    for (let at = 0; at < count * spanWidth; at += spanWidth) {
      if (this.spans[at] !== numberKey) continue;
      const token = bytes.toString('utf8', this.spans[at + 2], this.spans[at + 3]);
      return token.startsWith('"') ? (JSON.parse(token) as string) : token;
    }
    return null;
  }

  private index(slot: number): void {
    const number = this.numberOf(slot);
    if (number !== null) this.byNumber!.set(number, slot);
  }

  private forgetNumber(slot: number): void {
    if (!this.byNumber) return;
    const number = this.numberOf(slot);
    if (number !== null && this.byNumber.get(number) === slot) this.byNumber.delete(number);
  }

  private grow(): void {
    const capacity = this.ids.length * 2;
    const widen = <T extends { set(from: T): void }>(into: T, from: T): T => (into.set(from), into);
    this.ids = widen(new BigInt64Array(capacity), this.ids);
    this.updated = widen(new Float64Array(capacity), this.updated);
    this.order = widen(new Uint32Array(capacity), this.order);
    this.state = widen(new Uint8Array(capacity), this.state);
    this.slab = widen(new Uint16Array(capacity), this.slab);
    this.start = widen(new Uint32Array(capacity), this.start);
    this.length = widen(new Uint32Array(capacity), this.length);
    this.room = widen(new Uint32Array(capacity), this.room);
  }
}

function scatter(slot: number): number {
  let mixed = Math.imul(slot ^ 0x5bd1e995, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 2;
}
