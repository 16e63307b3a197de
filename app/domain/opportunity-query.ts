import { z } from 'zod';
import { decodeCursor, opportunitySorts, type OpportunitySort } from './opportunity-cursor.ts';
import { workflowStatusSchema, type WorkflowStatus } from './workflow.ts';

/** The value of a filter that asks for rows where the column is null. */
export const notSet = '(not set)';

/** Which opportunities are wanted, in which order, and which page of them. */
export interface OpportunityQuery {
  search: string | null;
  practice: string[];
  geo: string[];
  stage: string[];
  crmStatus: string[];
  workflowStatus: WorkflowStatus[];
  /** Whether rows that a complete sweep no longer saw are listed. */
  gone: 'hide' | 'include';
  sort: OpportunitySort;
  direction: 'asc' | 'desc';
  cursor: string | null;
  /** Rows a page, 1 to 500. */
  limit: number;
}

export type OpportunityFacet = 'practice' | 'geo' | 'stage' | 'crmStatus' | 'workflowStatus';

/** What a list is when the URL does not say. */
export interface ListDefaults {
  sort: OpportunitySort;
  gone: 'hide' | 'include';
}
const pageDefaults: ListDefaults = { sort: 'crm_updated_at', gone: 'hide' };
// A copy made through the API is complete only if rows do not move while it is made.
export const apiDefaults: ListDefaults = { sort: 'remote_id', gone: 'include' };

const plain = z
  .string()
  .max(300, 'is longer than 300 characters')
  .regex(/^[^\u0000]*$/, 'contains a character that no text has');
const repeated = z.array(plain).max(50, 'is given more than 50 times');

/** The parameters of a list by their names in the URL; also the source of the API's description. */
export const listParameters = {
  q: plain.describe('Words that name, account or number must all contain.'),
  practice: repeated.describe('Practices; "(not set)" for none.'),
  geo: repeated.describe('GEOs; "(not set)" for none.'),
  stage: repeated.describe('CRM sales stages; "(not set)" for none.'),
  crm_status: repeated.describe('CRM status codes; "(not set)" for none.'),
  workflow_status: z.array(workflowStatusSchema).max(50).describe('Qualification states.'),
  gone: z.enum(['hide', 'include']).describe('Whether rows gone from the CRM are listed.'),
  sort: z
    .enum(opportunitySorts)
    .describe('The column to order by; rows without a value come last.'),
  direction: z.enum(['asc', 'desc']).describe('The direction of the order.'),
  cursor: z
    .string()
    .max(8000, 'is longer than any cursor')
    .describe('next_cursor of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).describe('Rows a page; 50 if absent.'),
} as const;

type Name = keyof typeof listParameters;
const many: readonly Name[] = ['practice', 'geo', 'stage', 'crm_status', 'workflow_status'];
const querySchema = z.object(listParameters).partial();

export type ParsedQuery = { ok: true; query: OpportunityQuery } | { ok: false; problem: string };

/** Reads a list's parameters; an empty value counts as absent. The problem is a line that names the parameter. */
export function parseOpportunityQuery(
  params: URLSearchParams,
  defaults: ListDefaults = pageDefaults,
): ParsedQuery {
  const given: Record<string, string | string[]> = {};
  for (const name of new Set(params.keys())) {
    if (!isParameter(name))
      return { ok: false, problem: `${name} is not a parameter of this list` };
    const all = params.getAll(name);
    const values = all.filter((value) => value.trim() !== '');
    if (many.includes(name)) given[name] = all.length > 50 ? all : [...new Set(values)];
    else if (values.length > 1) return { ok: false, problem: `${name} is given more than once` };
    else if (values[0] !== undefined) given[name] = values[0];
  }
  const parsed = querySchema.safeParse(given);
  if (!parsed.success) return { ok: false, problem: explain(parsed.error.issues[0]) };
  const query = complete(parsed.data, defaults);
  if (query.cursor === null) return { ok: true, query };
  const decoded = decodeCursor(query.cursor, listName(query), query.sort);
  return decoded.ok ? { ok: true, query } : decoded;
}

function complete(data: z.infer<typeof querySchema>, defaults: ListDefaults): OpportunityQuery {
  const sort = data.sort ?? defaults.sort;
  return {
    search: data.q?.trim() ?? null,
    practice: data.practice ?? [],
    geo: data.geo ?? [],
    stage: data.stage ?? [],
    crmStatus: data.crm_status ?? [],
    workflowStatus: data.workflow_status ?? [],
    gone: data.gone ?? defaults.gone,
    sort,
    direction: data.direction ?? defaultDirection(sort),
    cursor: data.cursor ?? null,
    limit: data.limit ?? 50,
  };
}

/** Newest, largest and likeliest first; names and dates from the beginning. */
export function defaultDirection(sort: OpportunitySort): 'asc' | 'desc' {
  return ['crm_updated_at', 'deal_value', 'win_probability'].includes(sort) ? 'desc' : 'asc';
}

/** The parameters of a query, without those that say what is so anyway. */
export function toSearchParams(query: OpportunityQuery, defaults = pageDefaults): URLSearchParams {
  const params = new URLSearchParams();
  if (query.search) params.set('q', query.search);
  for (const value of query.practice) params.append('practice', value);
  for (const value of query.geo) params.append('geo', value);
  for (const value of query.stage) params.append('stage', value);
  for (const value of query.crmStatus) params.append('crm_status', value);
  for (const value of query.workflowStatus) params.append('workflow_status', value);
  if (query.gone !== defaults.gone) params.set('gone', query.gone);
  if (query.sort !== defaults.sort) params.set('sort', query.sort);
  if (query.direction !== defaultDirection(query.sort)) params.set('direction', query.direction);
  if (query.cursor) params.set('cursor', query.cursor);
  if (query.limit !== 50) params.set('limit', String(query.limit));
  return params;
}

/** Names the list a cursor belongs to: everything but which page, and how long the pages are. */
export function listName(query: OpportunityQuery): string {
  const { cursor: _cursor, limit: _limit, ...list } = query;
  const entries = Object.entries(list).map(([key, value]) =>
    Array.isArray(value) ? [key, ...value.toSorted()] : [key, value],
  );
  return JSON.stringify(entries.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function isParameter(name: string): name is Name {
  return Object.hasOwn(listParameters, name);
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  const name = String(issue?.path[0] ?? 'a parameter');
  if (issue?.code === 'invalid_value') return `${name} must be one of ${issue.values.join(', ')}`;
  if (name === 'limit') return 'limit must be a whole number from 1 to 500';
  return `${name} ${issue?.message ?? 'is not valid'}`;
}
