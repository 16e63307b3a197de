import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes } from './attributes.ts';
import { boundsOf, unbounded } from './bounds.ts';
import { Dataset } from './dataset.ts';
import { parseInstant } from './instants.ts';
import { parseOrder } from './order.ts';
import { parseRowMatch } from './row-match.ts';
import { select } from './select.ts';

const catalogue = new Map(attributes(true).map((attribute) => [attribute.name, attribute]));
const now = new Date('2026-03-10T09:00:00.000Z');
const dataset = new Dataset({ opportunities: 400, seed: 5, customFields: true, clock: () => now });
dataset.evolve(60);
const records = dataset.all();

function idsOf(q: string, orderBy: string): bigint[] {
  const selection = {
    bounds: q ? boundsOf(parseRowMatch(q), catalogue) : unbounded(),
    order: parseOrder(orderBy, catalogue),
    offset: 0,
    limit: 1000,
    wantsTotal: true,
  };
  const { slots, hasMore, total } = select(dataset.store, selection, catalogue);
  expect({ hasMore, total }).toEqual({ hasMore: false, total: slots.length });
  return slots.map((slot) => dataset.store.ids[slot]!);
}

const signs: Record<string, (a: bigint | number, b: bigint | number) => boolean> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '!=': (a, b) => a !== b,
};

const range = fc.record({
  attribute: fc.constantFrom('OptyId', 'LastUpdateDate'),
  sign: fc.constantFrom(...Object.keys(signs)),
  at: fc.constantFrom(...records),
});

describe('select', () => {
  it('answers ranges of OptyId and LastUpdateDate as a look at every row would', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), (ranges) => {
        const q = ranges
          .map(({ attribute, sign, at }) => `${attribute} ${sign} '${String(at[attribute])}'`)
          .join(' AND ');
        const expected = records.filter((record) =>
          ranges.every(({ attribute, sign, at }) => {
            const value = (of: typeof record) =>
              attribute === 'OptyId' ? (of.OptyId as bigint) : parseInstant(String(of[attribute]))!;
            return signs[sign]!(value(record), value(at));
          }),
        );
        expect(idsOf(q, 'OptyId:asc')).toEqual(expected.map(({ OptyId }) => OptyId));
      }),
    );
  });

  it('puts what is not set last ascending and first descending', () => {
    const unset = new Set(
      records.filter(({ Revenue }) => Revenue === null).map(({ OptyId }) => OptyId),
    );
    const ascending = idsOf('', 'Revenue,OptyId');
    expect(ascending.slice(-unset.size).every((id) => unset.has(id))).toBe(true);
    const descending = idsOf('', 'Revenue:desc,OptyId');
    expect(descending.slice(0, unset.size).every((id) => unset.has(id))).toBe(true);
    expect(unset.size).toBeGreaterThan(0);
  });

  it('pages by offset without losing or repeating a row, natural order included', () => {
    const seen: number[] = [];
    for (let offset = 0; ; offset += 37) {
      const selection = { bounds: unbounded(), order: [], offset, limit: 37, wantsTotal: false };
      const { slots, hasMore } = select(dataset.store, selection, catalogue);
      seen.push(...slots);
      if (!hasMore) break;
    }
    expect(new Set(seen).size).toBe(records.length);
    expect(seen).toHaveLength(records.length);
  });
});
