import { unbounded, type Bounds } from './bounds.ts';
import { faultOf, type Crm, type CrmRequest } from './crm.ts';
import { type Fault } from './faults.ts';
import { type OrderTerm } from './order.ts';
import { tokensOf } from './record.ts';
import { type Selected } from './select.ts';

/** What of the filter a server heeds that ignores it, or one end of it. */
export function boundsHeeded(request: CrmRequest, bounds: Bounds): Bounds {
  if (faultOf(request, 'ignore-q')) return unbounded();
  const { idAbove, idUpTo, updatedFrom } = unbounded();
  switch (faultOf(request, 'ignore-bound')?.bound) {
    case 'above':
      return { ...bounds, idAbove };
    case 'upTo':
      return { ...bounds, idUpTo };
    case 'since':
      return { ...bounds, updatedFrom };
    default:
      return bounds;
  }
}

export function orderHeeded(request: CrmRequest, order: OrderTerm[]): OrderTerm[] {
  if (faultOf(request, 'ignore-order')) return [];
  if (!faultOf(request, 'descending')) return order;
  return order.map(({ name, descending }) => ({ name, descending: !descending }));
}

/** Makes the page the lie that the faults ask for. */
export function distort(crm: Crm, request: CrmRequest, selected: Selected): void {
  if (faultOf(request, 'empty-page')) selected.slots = [];
  if (faultOf(request, 'duplicate-row') && selected.slots.length > 0) {
    const repeated = crm.lastServed ?? selected.slots[0]!;
    selected.slots = [
      repeated,
      ...(selected.slots.length > 1 ? selected.slots.slice(0, -1) : selected.slots),
    ];
  }
  if (faultOf(request, 'twice-on-page') && selected.slots.length > 0) {
    selected.slots = [selected.slots[0]!, ...selected.slots];
  }
  if (faultOf(request, 'has-more-false')) selected.hasMore = false;
  if (faultOf(request, 'has-more-true')) selected.hasMore = true;
  const lie = faultOf(request, 'total');
  if (lie && selected.total !== null) selected.total = lie.total ?? selected.slots.length;
  crm.lastServed = selected.slots.at(-1) ?? crm.lastServed;
}

type Rewrite = (items: string[], rest: string, fault: Fault) => string;

const list = (items: string[]) => `{"items":[${items.join(',')}]`;
const firstHalf = (items: string[]) => items.slice(0, items.length >> 1);

/** Whole answers with a list of records, written wrongly. `rest` is what follows the list. */
const rewritten: Partial<Record<Fault['kind'], Rewrite>> = {
  count: (items, rest, { count = 0 }) =>
    list(items) + rest.replace(/"count":\d+/, `"count":${count}`),
  'list-cut': (items, rest) => list(firstHalf(items)) + rest,
  'list-closed': (items) => `${list(firstHalf(items))}}`,
  'wrong-closing': (items) => `{"items":[${firstHalf(items).join(',')}}}`,
  hole: (items, rest) => list(items.filter((_, index) => index !== items.length >> 1)) + rest,
  'items-twice': (items, rest) => `{"items":[],"items":[${items.join(',')}]${rest}`,
};

/** Records written wrongly, be it on a page or alone. */
const restyled: Partial<Record<Fault['kind'], (record: string) => string>> = {
  'duplicate-keys': (record) => record.replace(/^\{/, '{"Name":"of before","OptyId":1,'),
  'numbers-as-text': (record) => withNumbers(record, (token) => `"${token}"`),
  'numbers-as-exponents': (record) => withNumbers(record, asExponent),
};

/** An answer as the faults have it written. Its records lie in `body` between `from` and `to`. */
export function miswritten(
  body: Buffer,
  { from, to }: { from: number; to: number },
  faults: readonly Fault[],
): Buffer {
  const struck = faults.filter(({ kind }) => rewritten[kind] ?? restyled[kind]);
  if (struck.length === 0) return body;
  let items = elementsOf(body.toString('utf8', from, to));
  for (const { kind } of struck) items = restyled[kind] ? items.map(restyled[kind]) : items;
  if (from === 0) return Buffer.from(items.join(','));
  const rest = body.toString('utf8', to + 1);
  const whole = struck.find(({ kind }) => rewritten[kind]);
  const text = whole ? rewritten[whole.kind]!(items, rest, whole) : list(items) + rest;
  return Buffer.from(text);
}

/** The records of a list, each as its text. */
function elementsOf(list: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of list.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token === ',' && depth === 0) {
      elements.push(list.slice(start, index));
      start = index + 1;
    }
  }
  return list.trim() === '' ? [] : [...elements, list.slice(start)];
}

function withNumbers(record: string, write: (token: string) => string): string {
  const parts: string[] = [];
  for (const [name, token] of tokensOf(record)) {
    const number = /^-?\d+(?:\.\d+)?$/.test(token);
    parts.push(`${JSON.stringify(name)}:${number ? write(token) : token}`);
  }
  return `{${parts.join(',')}}`;
}

/** The same number, every digit kept: 1250.5 is 1.2505E3. */
function asExponent(token: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(token)!;
  const [first = '0', ...digits] = whole + fraction;
  if (whole.startsWith('0')) return token;
  return `${sign}${first}.${digits.join('') || '0'}E${whole.length - 1}`;
}
