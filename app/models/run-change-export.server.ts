import type { ChangeKind } from '#app/domain/change-rank.ts';
import type { Scope } from '#app/domain/permissions.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { rankOfRow } from './change-rank.server.ts';
import { scopePredicate, type Sql } from './opportunity-predicate.server.ts';

/** One changed field, or that an opportunity came, went or came back. */
export interface ExportedChange {
  kind: ChangeKind | 'NEW';
  rank: number;
  number: string | null;
  remoteId: string;
  name: string | null;
  account: string | null;
  practice: string | null;
  status: WorkflowStatus;
  field: string | null;
  before: string | null;
  after: string | null;
  at: Date;
}

interface Row extends ExportedChange {
  /** Where the batch after this row begins. */
  precedence: number;
  opportunityId: bigint;
  changeId: bigint;
}

const batchSize = 1000;

/** Everything a run changed and then brought within a scope, a batch at a time so that memory stays flat. */
export async function* streamRunChanges(
  db: Db,
  runId: bigint,
  scope: Scope,
): AsyncGenerator<ExportedChange> {
  yield* inBatches((after) => changedRows(db, runId, scope, after));
  yield* inBatches((after) => newRows(db, runId, scope, after));
}

async function* inBatches(read: (after: Row | null) => Promise<Row[]>) {
  for (let last: Row | null = null; ;) {
    const rows: Row[] = await read(last);
    for (const { precedence: _p, opportunityId: _o, changeId: _c, ...change } of rows) yield change;
    last = rows.at(-1) ?? null;
    if (!last || rows.length < batchSize) return;
  }
}

const described: Sql = Prisma.sql`${rankOfRow} AS rank, o.remote_number AS number,
  o.remote_id::text AS "remoteId", o.name, o.customer AS account, o.practice,
  o.workflow_status::text AS status, o.id AS "opportunityId"`;

function changedRows(db: Db, runId: bigint, scope: Scope, after: Row | null): Promise<Row[]> {
  const beyond = after
    ? Prisma.sql`(c.precedence, c.opportunity_id, c.id) >
        (${after.precedence}, ${after.opportunityId}, ${after.changeId})`
    : Prisma.sql`TRUE`;
  return db.$queryRaw<Row[]>`
    SELECT c.kind::text AS kind, c.field, c.before, c.after, c.created_at AS at,
      c.precedence, c.id AS "changeId", ${described}
    FROM opportunity_changes c JOIN opportunities o ON o.id = c.opportunity_id
    WHERE c.sync_log_id = ${runId} AND ${beyond} AND ${scopePredicate(scope)}
    ORDER BY c.precedence, c.opportunity_id, c.id LIMIT ${batchSize}`;
}

function newRows(db: Db, runId: bigint, scope: Scope, after: Row | null): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT 'NEW' AS kind, NULL AS field, NULL AS before, NULL AS after, s.started_at AS at,
      0 AS precedence, 0::bigint AS "changeId", ${described}
    FROM opportunities o JOIN sync_logs s ON s.id = o.first_sync_log_id
    WHERE o.first_sync_log_id = ${runId} AND o.id > ${after?.opportunityId ?? 0n}
      AND ${scopePredicate(scope)}
    ORDER BY o.id LIMIT ${batchSize}`;
}
