import { boundsOf, unbounded, type Bounds } from './bounds.ts';
import { childName, childrenJson, parseExpand, type Children } from './children.ts';
import { catalogueOf, faultOf, missingAttributes, type Crm, type CrmRequest } from './crm.ts';
import { badRequest } from './errors.ts';
import { finderCondition } from './finder.ts';
import { linksJson } from './links.ts';
import { boundsHeeded, distort, miswritten, orderHeeded } from './page-faults.ts';
import { parseOrder } from './order.ts';
import { PageWriter, projectionOf } from './page-writer.ts';
import { compile, type Catalogue } from './predicate.ts';
import { parseQueryByExample } from './query-by-example.ts';
import { joined, QueryError, type Condition } from './query.ts';
import { readRecord } from './record.ts';
import { json, type Reply } from './reply.ts';
import { Row } from './row.ts';
import { parseRowMatch } from './row-match.ts';
import { select, type Selected } from './select.ts';
import { samSales } from './world.ts';

const defaultLimit = 25;

/** What of each record an answer carries. */
export interface Shape {
  fields: string[] | null;
  children: Children;
  onlyData: boolean;
}

/** Answers `GET …/opportunities`. Throws a 400 on whatever cannot be understood. */
export function getCollection(crm: Crm, request: CrmRequest): Reply {
  const catalogue = catalogueOf(crm, request);
  const { query } = request;
  const bounds = readFilter(crm, request, catalogue);
  const shape = readShape(query, catalogue);
  const cap = faultOf(request, 'cap')?.cap ?? crm.pageCap;
  const limit = Math.min(cap, wholeNumber(query, 'limit', defaultLimit) || defaultLimit);
  const offset = wholeNumber(query, 'offset', 0);
  const order = query.get('orderBy') ? parseOrder(query.get('orderBy')!, catalogue) : [];
  const selected = select(
    crm.dataset.store,
    {
      bounds: boundsHeeded(request, bounds),
      order: orderHeeded(request, order),
      offset,
      limit,
      wantsTotal: query.get('totalResults') === 'true',
      salt: faultOf(request, 'reshuffle') ? Math.floor(Math.random() * 2 ** 30) : 0,
    },
    catalogue,
  );
  distort(crm, request, selected);
  const stale = faultOf(request, 'stale-page') && crm.lastPage;
  if (stale) return json(200, stale);
  crm.lastPage = writePage(crm, request, selected, shape, { limit, offset });
  return json(200, crm.lastPage);
}

/** Reads `q` by the grammar of the framework version, and `finder`; both must hold. */
function readFilter(crm: Crm, request: CrmRequest, catalogue: Catalogue): Bounds {
  const { query, framework } = request;
  const parts: Condition[] = [];
  const context = { now: crm.dataset.clock(), ownEmail: samSales };
  const finder = query.get('finder');
  if (finder) parts.push(finderCondition(finder, context));
  else if (crm.bareGetScope === 'ownOpenPeriod') {
    parts.push(finderCondition('MyOpportunitiesFinder', context));
  }
  try {
    const q = query.get('q');
    if (q) parts.push(framework === 1 ? parseQueryByExample(q) : parseRowMatch(q));
    if (parts.length === 0) return unbounded();
    const condition = joined('and', parts);
    // Compiled whole once, so that every attribute and literal is checked, bounds included.
    compile(condition, catalogue);
    return boundsOf(condition, catalogue);
  } catch (error) {
    if (error instanceof QueryError) throw badRequest(error.message);
    throw error;
  }
}

/** Reads `fields`, `expand` and `onlyData`; with `fields`, `expand` does not count. Throws a 400. */
export function readShape(query: URLSearchParams, catalogue: Catalogue): Shape {
  const onlyData = query.get('onlyData') === 'true';
  const source = query.get('fields');
  if (source === null) {
    return { fields: null, children: parseExpand(query.get('expand') ?? ''), onlyData };
  }
  const [own = '', ...nested] = source.split(';');
  const fields = names(own);
  for (const field of fields) {
    if (!catalogue.has(field))
      throw badRequest(`JBO-25058: ${field} is no attribute of opportunities.`);
  }
  const children: Children = new Map();
  for (const part of nested.filter((text) => text.trim())) {
    const [child = '', list = ''] = part.split(':');
    children.set(childName(child.trim()), names(list));
  }
  return { fields, children, onlyData };
}

function names(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function wholeNumber(query: URLSearchParams, name: string, absent: number): number {
  const value = query.get(name);
  if (value === null) return absent;
  if (!/^\d{1,9}$/.test(value)) throw badRequest(`${name} is no whole number: ${value}.`);
  return Number(value);
}

function writePage(
  crm: Crm,
  request: CrmRequest,
  { slots, hasMore, total }: Selected,
  shape: Shape,
  { limit, offset }: { limit: number; offset: number },
): Buffer {
  const writer = new PageWriter();
  const head = '{"items":[';
  writer.text(head);
  writeRecords(writer, crm, request, slots, shape);
  const written = writer.size;
  const link = {
    rel: 'self',
    href: `${request.base}/opportunities`,
    name: 'opportunities',
    kind: 'collection',
  };
  writer.text(
    `],${total === null ? '' : `"totalResults":${total},`}"count":${slots.length},"hasMore":${hasMore},` +
      `"limit":${limit},"offset":${offset},"links":[${JSON.stringify(link)}]}`,
  );
  return miswritten(writer.finish(), { from: head.length, to: written }, request.faults);
}

/** Writes records in the shape asked for, comma-separated. */
export function writeRecords(
  writer: PageWriter,
  crm: Crm,
  request: CrmRequest,
  slots: number[],
  shape: Shape,
): void {
  const { store } = crm.dataset;
  const row = new Row(store);
  const projection = projectionOf(shape.fields, {
    drop: missingAttributes(request),
    quoteLongNumbers: request.framework >= 9,
  });
  slots.forEach((slot, index) => {
    if (index > 0) writer.text(',');
    const extra = [
      shape.children.size > 0
        ? childrenJson(readRecord(store.text(slot)), shape.children, request.framework)
        : '',
      shape.onlyData ? '' : linksJson(row, slot, request.base, request.framework),
    ];
    writer.record(store.place(slot), projection, extra.filter((part) => part !== '').join(','));
  });
}
