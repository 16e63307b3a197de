import { type Bounds } from './bounds.ts';
import { sortSlots, type OrderTerm } from './order.ts';
import { compile, type Catalogue, type Test } from './predicate.ts';
import { Row } from './row.ts';
import { type Store } from './store.ts';

export interface Selection {
  bounds: Bounds;
  /** Empty where no order is asked for. */
  order: OrderTerm[];
  offset: number;
  limit: number;
  wantsTotal: boolean;
  /** A salt shuffles the rows anew where no order is asked for. */
  salt?: number;
}

export interface Selected {
  slots: number[];
  hasMore: boolean;
  total: number | null;
}

/** Finds the rows of one page. By OptyId it walks from the cursor on; other orders sort what matches. */
export function select(store: Store, selection: Selection, catalogue: Catalogue): Selected {
  const { bounds, order, offset, limit } = selection;
  const row = new Row(store);
  const matches = matcher(bounds, row, catalogue);
  const total = selection.wantsTotal ? countAll(store, bounds, matches) : null;
  const candidates = candidatesOf(store, selection);
  const byId = order.length === 0 || (order[0]!.name === 'OptyId' && !order[0]!.descending);
  const wanted = byId ? offset + limit + 1 : Infinity;
  const found: number[] = [];
  for (const slot of candidates) {
    if (found.length >= wanted) break;
    if (matches(slot)) found.push(slot);
  }
  const ordered = byId ? found : sortSlots(found, order, row, catalogue);
  const slots = ordered.slice(offset, offset + limit);
  return { slots, hasMore: ordered.length > offset + slots.length, total };
}

function candidatesOf(store: Store, { order, bounds, salt }: Selection): Uint32Array {
  if (order.length === 0) return salt ? store.shuffle(salt) : store.naturalOrder();
  const first = bounds.idAbove === null ? 0 : store.rankAfter(bounds.idAbove);
  const last = bounds.idUpTo === null ? store.slots : store.rankAfter(bounds.idUpTo);
  return store.order.subarray(first, last);
}

function matcher(bounds: Bounds, row: Row, catalogue: Catalogue): (slot: number) => boolean {
  const { idAbove, idUpTo, updatedFrom, updatedTo } = bounds;
  const { store } = row;
  const rest: Test | null = bounds.rest && compile(bounds.rest, catalogue);
  return (slot) => {
    const updated = store.updated[slot]!;
    if (updated < updatedFrom || updated > updatedTo || !store.isVisible(slot)) return false;
    if (idAbove !== null && store.ids[slot]! <= idAbove) return false;
    if (idUpTo !== null && store.ids[slot]! > idUpTo) return false;
    if (!rest) return true;
    row.slot = slot;
    return rest(row);
  };
}

function countAll(store: Store, bounds: Bounds, matches: (slot: number) => boolean): number {
  const { idAbove, idUpTo, updatedFrom, updatedTo, rest } = bounds;
  const everything = updatedFrom === -Infinity && updatedTo === Infinity && !rest;
  if (everything && idAbove === null && idUpTo === null) return store.size;
  let count = 0;
  for (let slot = 0; slot < store.slots; slot++) if (matches(slot)) count++;
  return count;
}
