import { z } from 'zod';
import { apiOpportunity, apiOpportunityPage } from './api-opportunity.ts';
import {
  apiSyncAccepted,
  apiSyncHistory,
  apiSyncRequest,
  apiSyncRun,
  apiSyncStatus,
} from './api-sync.ts';
import { roleSchema } from './roles.ts';

const apiProblem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
});

/** What requests and answers are made of, by the name the description gives it. */
export const apiSchemas = {
  Opportunity: apiOpportunity,
  OpportunityWithRaw: apiOpportunity.extend({
    raw: z
      .unknown()
      .describe("The CRM's record as it was sent; numbers may exceed what a double holds."),
  }),
  OpportunityPage: apiOpportunityPage,
  SyncRun: apiSyncRun,
  SyncStatus: apiSyncStatus,
  SyncHistory: apiSyncHistory,
  SyncRequest: apiSyncRequest,
  SyncAccepted: apiSyncAccepted,
  RoleChange: z.strictObject({
    role: roleSchema,
    action: z.enum(['grant', 'revoke']).default('grant'),
  }),
  Problem: apiProblem,
};
export type SchemaName = keyof typeof apiSchemas;

/** A schema as JSON Schema, without what only a document of its own carries. */
export function bare(schema: z.ZodType): object {
  const {
    $schema: _schema,
    id: _id,
    ...rest
  } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' });
  return rest;
}
