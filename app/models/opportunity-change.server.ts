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

/** A change as a run's page lists it. */
export interface RunChange extends OpportunityChange {
  opportunity: {
    id: string;
    remoteId: string;
    remoteNumber: string | null;
    name: string | null;
    customer: string | null;
  };
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
  const where = Prisma.sql`c.opportunity_id = ${BigInt(opportunityId)} ${runs}`;
  const changes = await read(db, where, 2000);
  return changes.map(({ opportunity: _opportunity, ...change }) => change);
}

/** What a run changed, opportunity by opportunity; `limit` counts opportunities. */
export async function listRunChanges(
  db: Db,
  runId: bigint | string,
  limit: number,
): Promise<RunChange[]> {
  return read(db, Prisma.sql`c.sync_log_id = ${BigInt(runId)}`, limit);
}

type Row = Omit<RunChange, 'opportunity'> & RunChange['opportunity'];

async function read(db: Db, where: Prisma.Sql, limit: number): Promise<RunChange[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT g.*, o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber",
           o.name, o.customer
    FROM (
      SELECT c.opportunity_id, c.sync_log_id::text AS "runId", c.kind::text AS kind,
             max(c.created_at) AS at, min(c.id) AS first,
             coalesce(json_agg(json_build_object('field', c.field, 'before', c.before, 'after', c.after)
               ORDER BY c.id) FILTER (WHERE c.field IS NOT NULL), '[]') AS fields
      FROM opportunity_changes c WHERE ${where}
      GROUP BY c.opportunity_id, c.sync_log_id, c.kind
      ORDER BY c.sync_log_id DESC, first LIMIT ${limit}
    ) g JOIN opportunities o ON o.id = g.opportunity_id
    ORDER BY g."runId"::bigint DESC, g.first`;
  return rows.map(({ runId, at, kind, fields, id, remoteId, remoteNumber, name, customer }) => ({
    runId,
    at,
    kind,
    fields,
    opportunity: { id, remoteId, remoteNumber, name, customer },
  }));
}
