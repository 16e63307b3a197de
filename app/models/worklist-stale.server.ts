import type { StaleField } from '#app/domain/staleness.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';
import { asList, workColumns, type WorkList, type WorkRow } from './worklist-row.server.ts';

/** An assessment that the CRM has moved away from. */
export type StaleSheet = WorkRow & {
  assessmentId: string;
  marks: { field: StaleField; before: string | null; after: string | null }[];
};

/** An opportunity that is still on hold although its day has come. */
export type RunOutHold = WorkRow & { until: string; reason: string | null };

/** The submitted assessments of an architect that the CRM has moved away from, the oldest first. */
export function listStale(
  db: Db,
  { userId, limit }: { userId: string; limit: number },
): Promise<WorkList<StaleSheet>> {
  const mine = Prisma.sql`o.assigned_sa = ${userId}::uuid
    AND o.workflow_status IN ('SUBMITTED', 'RECOMMENDED')`;
  return staleRows(db, mine, limit);
}

/** The decisions whose ground the CRM has moved, the oldest first. */
export function listStaleDecisions(db: Db, limit: number): Promise<WorkList<StaleSheet>> {
  const decided = Prisma.sql`o.workflow_status IN ('GO', 'NO_GO', 'CONDITIONAL_GO')`;
  return staleRows(db, decided, limit);
}

async function staleRows(db: Db, which: Sql, limit: number): Promise<WorkList<StaleSheet>> {
  const found = await db.$queryRaw<(StaleSheet & { total: number })[]>`
    WITH open AS (
      SELECT opportunity_id, max(assessment_id) AS assessment_id, min(marked_at) AS marked_at,
        jsonb_agg(jsonb_build_object('field', field, 'before', before, 'after', after)
          ORDER BY id) AS marks
      FROM stale_marks WHERE resolved_at IS NULL GROUP BY opportunity_id)
    SELECT ${workColumns}, open.assessment_id::text AS "assessmentId", open.marks,
      (count(*) OVER ())::int AS total
    FROM open JOIN opportunities o ON o.id = open.opportunity_id
    WHERE ${which} AND o.gone_since IS NULL
    ORDER BY open.marked_at, o.id LIMIT ${limit}`;
  return asList(found);
}

/**
 * What is on hold although the day it was held until has come, the longest past first; `untold`: only what
 * nobody was told of.
 */
export async function listRunOutHolds(
  db: Db,
  { today, limit, untold = false }: { today: string; limit: number; untold?: boolean },
): Promise<WorkList<RunOutHold>> {
  // A notice is kept by the millisecond, which is all that a JS date holds.
  const fresh = untold
    ? Prisma.sql`NOT EXISTS (SELECT FROM clock_notices n WHERE n.opportunity_id = o.id
        AND n.workflow_since = date_trunc('milliseconds', o.workflow_since) AND n.level = 'held')`
    : Prisma.sql`TRUE`;
  const found = await db.$queryRaw<(RunOutHold & { total: number })[]>`
    SELECT ${workColumns}, to_char(o.hold_until, 'YYYY-MM-DD') AS until, o.hold_reason AS reason,
      (count(*) OVER ())::int AS total
    FROM opportunities o
    WHERE o.workflow_status = 'ON_HOLD' AND o.gone_since IS NULL AND o.hold_until <= ${today}::date
      AND ${fresh}
    ORDER BY o.hold_until, o.id LIMIT ${limit}`;
  return asList(found);
}
