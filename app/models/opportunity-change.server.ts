import { Prisma } from '#app/generated/prisma/client.ts';
import type { ChangeKind } from '#app/generated/prisma/enums.ts';
import type { Db } from '#app/lib/db.server.ts';

/** One column as a run found it and left it, both as text; null where the CRM said nothing. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** What one run did to one opportunity. `fields` is empty where the row went or came back. */
export interface OpportunityChange {
  /** sync_logs.id */
  runId: string;
  at: Date;
  kind: ChangeKind;
  fields: FieldChange[];
}

/**
 * The history of one opportunity, newest run first; of these runs alone, where they are named. Ask only
 * for one that is in the viewer's scope.
 */
export async function listChanges(
  db: Db,
  opportunityId: bigint | string,
  runIds: bigint[] | null = null,
): Promise<OpportunityChange[]> {
  const runs = runIds ? Prisma.sql`AND c.sync_log_id = ANY(${runIds}::bigint[])` : Prisma.empty;
  return db.$queryRaw<OpportunityChange[]>`
    SELECT c.sync_log_id::text AS "runId", c.kind::text AS kind, max(c.created_at) AS at,
      coalesce(json_agg(json_build_object('field', c.field, 'before', c.before, 'after', c.after)
        ORDER BY c.id) FILTER (WHERE c.field IS NOT NULL), '[]') AS fields
    FROM opportunity_changes c WHERE c.opportunity_id = ${BigInt(opportunityId)} ${runs}
    GROUP BY c.sync_log_id, c.kind ORDER BY c.sync_log_id DESC, min(c.id) LIMIT 2000`;
}
