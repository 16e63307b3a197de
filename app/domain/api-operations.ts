import { z } from 'zod';
import { bare, type SchemaName } from './api-schemas.ts';
import { listParameters } from './opportunity-query.ts';
import { rolesWith, type Permission } from './permissions.ts';
import { roleNames } from './roles.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  description: string;
  /** JSON Schema. */
  schema: { enum?: string[]; items?: { enum?: string[] } };
  required: boolean;
}

/** One thing the API does; the readable page and the machine's description are made of these. */
export interface Operation {
  method: 'get' | 'post';
  path: string;
  summary: string;
  permission: Permission;
  parameters: Parameter[];
  body?: SchemaName;
  answers: Record<number, { words: string; schema?: SchemaName }>;
}

const listParameterRows: Parameter[] = Object.entries(listParameters).map(([name, schema]) => ({
  name,
  in: 'query',
  description: schema.description ?? '',
  schema: orEmpty(bare(schema)),
  required: false,
}));

/** An empty value counts as absent, as an untouched form sends it. */
function orEmpty(schema: Parameter['schema']): Parameter['schema'] {
  if (schema.enum) return { ...schema, enum: [...schema.enum, ''] };
  return schema.items ? { ...schema, items: orEmpty(schema.items) } : schema;
}

const inPath = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  description,
  schema: bare(z.string()),
  required: true,
});

/** Everything the API answers to. */
export const operations: Operation[] = [
  {
    method: 'get',
    path: '/api/opportunities',
    summary: 'The opportunities you may read, page by page',
    permission: 'read:opportunity',
    parameters: listParameterRows,
    answers: {
      200: { words: 'One page', schema: 'OpportunityPage' },
      400: { words: 'A parameter is unknown or not valid' },
    },
  },
  {
    method: 'get',
    path: '/api/oracle-opportunity/{remote_id}',
    summary: "One opportunity with the CRM's own record",
    permission: 'read:opportunity',
    parameters: [inPath('remote_id', "The CRM's OptyId.")],
    answers: {
      200: { words: 'The opportunity', schema: 'OpportunityWithRaw' },
      404: { words: 'There is none, or it is not yours' },
    },
  },
  {
    method: 'post',
    path: '/api/sync-database',
    summary: 'Start a sync',
    permission: 'run:sync',
    parameters: [],
    body: 'SyncRequest',
    answers: {
      202: { words: 'Started', schema: 'SyncAccepted' },
      400: { words: 'The mode is missing or unknown' },
      409: { words: 'A sync is running; its id is in `id`' },
    },
  },
  {
    method: 'get',
    path: '/api/sync-status',
    summary: 'The last sync; every key is null before the first',
    permission: 'read:sync',
    parameters: [],
    answers: { 200: { words: 'The last run', schema: 'SyncStatus' } },
  },
  {
    method: 'get',
    path: '/api/sync-history',
    summary: 'The last ten syncs, newest first',
    permission: 'read:sync',
    parameters: [],
    answers: { 200: { words: 'The runs', schema: 'SyncHistory' } },
  },
  {
    method: 'post',
    path: '/api/users/{id}/role',
    summary: 'Grant a role to a person, or revoke it',
    permission: 'manage:roles',
    parameters: [inPath('id', "The person's id in BQS, or of their identity.")],
    body: 'RoleChange',
    answers: {
      200: { words: 'Done' },
      400: { words: 'The role or the action is missing or unknown' },
      404: { words: 'Nobody has this id' },
      409: { words: 'Refused: your own manager role, or the last one' },
    },
  },
];

/** Roles that may call an operation, by their names. */
export function mayCall(operation: Operation): string {
  return rolesWith(operation.permission)
    .map((role) => roleNames[role])
    .join(', ');
}
