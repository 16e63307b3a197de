import { type Attribute } from './attributes.ts';
import { childCollection, childItems, childNames } from './children.ts';
import { readShape, writeRecords } from './collection.ts';
import { catalogueOf, type Crm, type CrmRequest } from './crm.ts';
import { badRequest, CrmError } from './errors.ts';
import { parseDay } from './instants.ts';
import { changeIndicator, keyOf } from './links.ts';
import { miswritten } from './page-faults.ts';
import { PageWriter } from './page-writer.ts';
import { readRecord, stringifyExact, tokensOf } from './record.ts';
import { json, type Reply } from './reply.ts';

/** Answers `…/opportunities/{OptyNumber}` and its children. Throws a 404 where the row is not to be seen. */
export function answerItem(crm: Crm, request: CrmRequest, segments: string[]): Reply {
  const [key = '', word, child, ...more] = segments;
  const slot = slotOf(crm, key, request.framework);
  if (word !== undefined) {
    const known = childNames.find((name) => word === 'child' && name === child);
    if (!known || more.length > 0) throw notFound(request.path);
    const parent = readRecord(crm.dataset.store.text(slot));
    const items = childItems(parent, known).map((item) => stringifyExact(item, request.framework));
    return json(200, childCollection(items));
  }
  if (request.method === 'GET') return getItem(crm, request, slot);
  checkIndicator(crm, request, slot);
  if (request.method === 'DELETE') {
    crm.dataset.store.remove(slot);
    return { status: 204, headers: {}, body: '' };
  }
  if (request.method === 'PATCH') return patchItem(crm, request, slot);
  throw new CrmError(405, 'Method not allowed.', { headers: { Allow: 'GET, PATCH, DELETE' } });
}

function slotOf(crm: Crm, segment: string, framework: number): number {
  const number = keyOf(segment, framework);
  const slot = number === null ? -1 : crm.dataset.store.findNumber(number);
  if (slot < 0) throw notFound(segment);
  return slot;
}

// A row that does not exist and one the caller may not see cannot be told apart.
export function notFound(what: string): CrmError {
  return new CrmError(404, `The resource ${what} is not found.`, { code: '27538' });
}

function getItem(crm: Crm, request: CrmRequest, slot: number): Reply {
  const indicator = changeIndicator(crm.dataset.store, slot);
  const etag = { ETag: `"${indicator}"` };
  if (cleanTag(request.headers['if-none-match']) === indicator) {
    return { status: 304, headers: etag, body: '' };
  }
  const writer = new PageWriter();
  const shape = readShape(request.query, catalogueOf(crm, request));
  writeRecords(writer, crm, request, [slot], shape);
  const body = writer.finish();
  return json(200, miswritten(body, { from: 0, to: body.length }, request.faults), etag);
}

function checkIndicator(crm: Crm, request: CrmRequest, slot: number): void {
  const indicator = changeIndicator(crm.dataset.store, slot);
  const wanted = cleanTag(request.headers['if-match']);
  if (wanted === null || wanted === '*' || wanted === indicator) return;
  throw new CrmError(412, 'JBO-25014: Another user has changed the row.', {
    code: '25014',
    headers: { ETag: `"${indicator}"` },
  });
}

function cleanTag(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header.replace(/^(W\/)?"(.*)"$/, '$2') : null;
}

function patchItem(crm: Crm, request: CrmRequest, slot: number): Reply {
  const type = String(request.headers['content-type'] ?? '').split(';')[0];
  if (!/^application\/(vnd\.oracle\.adf\.resourceitem\+)?json$/.test(type ?? '')) {
    throw new CrmError(415, `Content type ${type} is not supported.`);
  }
  const changes = readChanges(request.body);
  const catalogue = catalogueOf(crm, request);
  for (const [name, value] of Object.entries(changes))
    checkChange(catalogue.get(name), name, value);
  const { dataset } = crm;
  dataset.update(dataset.store.ids[slot]!, changes, { by: 'bqs-integration' });
  return getItem(crm, { ...request, headers: {} }, slot);
}

/** The attributes of a body, identifiers exact. Throws a 400 where it is no JSON object. */
function readChanges(body: string): Record<string, unknown> {
  try {
    const changes = JSON.parse(body) as unknown;
    if (typeof changes === 'object' && changes !== null && tokensOf(body).size > 0) {
      return readRecord(body);
    }
  } catch {
    throw badRequest('The body is no JSON.');
  }
  throw badRequest('The body names no attribute.');
}

function checkChange(attribute: Attribute | undefined, name: string, value: unknown): void {
  const path = `/${name}`;
  if (!attribute) throw badRequest(`JBO-25058: ${name} is no attribute of opportunities.`, path);
  if (!attribute.updatable) throw badRequest(`JBO-27008: Attribute ${name} cannot be set.`, path);
  if (value === null && !attribute.nullable) {
    throw new CrmError(400, `JBO-27014: Attribute ${name} is required.`, { code: '27014', path });
  }
  if (value !== null && !fits(attribute, value)) {
    throw new CrmError(400, `JBO-27024: Value of ${name} is not valid.`, { code: '27024', path });
  }
}

function fits({ type, maxLength }: Attribute, value: unknown): boolean {
  switch (type) {
    case 'id':
      return typeof value === 'bigint';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && parseDay(value) !== null;
    default:
      return typeof value === 'string' && value.length <= (maxLength ?? Infinity);
  }
}
