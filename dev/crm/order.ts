import { badRequest } from './errors.ts';
import { reader, type Catalogue, type Comparable } from './predicate.ts';
import { type Row } from './row.ts';

export interface OrderTerm {
  name: string;
  descending: boolean;
}

/** Reads `Attr[:asc|:desc],Attr2`. Throws a 400 on an unknown attribute or direction. */
export function parseOrder(source: string, catalogue: Catalogue): OrderTerm[] {
  return source.split(',').map((part) => {
    const [name = '', direction = 'asc', ...more] = part.trim().split(':');
    if (!catalogue.has(name)) throw badRequest(`JBO-25058: ${name} is no attribute to order by.`);
    if (!/^(asc|desc)$/i.test(direction) || more.length > 0) {
      throw badRequest(`The order ${direction} of ${name} is neither asc nor desc.`);
    }
    return { name, descending: direction.toLowerCase() === 'desc' };
  });
}

/** Slots sorted by the terms; what is not set comes last ascending, as in the CRM's database. */
export function sortSlots(
  slots: number[],
  terms: OrderTerm[],
  row: Row,
  catalogue: Catalogue,
): number[] {
  const readers = terms.map(({ name }) => reader(catalogue.get(name)!));
  const keyed = slots.map((slot) => {
    row.slot = slot;
    return { slot, keys: readers.map((read) => read(row)) };
  });
  keyed.sort((a, b) => {
    for (const [place, { descending }] of terms.entries()) {
      const sign = compareKeys(a.keys[place] ?? null, b.keys[place] ?? null);
      if (sign !== 0) return descending ? -sign : sign;
    }
    return 0;
  });
  return keyed.map(({ slot }) => slot);
}

function compareKeys(a: Comparable | null, b: Comparable | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
