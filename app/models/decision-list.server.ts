import type { Recommended } from '#app/domain/scoring.ts';
import type { Verdict } from '#app/domain/transitions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { asList, workColumns, type WorkList, type WorkRow } from './worklist-row.server.ts';

/** A condition of a decision that stands, and of which opportunity it is. */
export type OpenCondition = WorkRow & {
  conditionId: string;
  condition: string;
  /** YYYY-MM-DD */
  due: string;
  decidedBy: string;
};

/** A decision that was made, standing or not. */
export type PastDecision = WorkRow & {
  decisionId: string;
  verdict: Verdict;
  reason: string;
  overrides: string[];
  recommended: Recommended | null;
  fastTrack: boolean;
  by: string;
  at: Date;
  conditions: number;
  met: number;
};

/** The conditions that are not met yet of the decisions that stand, the first to be due first. */
export async function listOpenConditions(db: Db, limit: number): Promise<WorkList<OpenCondition>> {
  const found = await db.$queryRaw<(OpenCondition & { total: number })[]>`
    SELECT ${workColumns}, c.id::text AS "conditionId", c.condition,
      to_char(c.due, 'YYYY-MM-DD') AS due, d.decided_by_name AS "decidedBy",
      (count(*) OVER ())::int AS total
    FROM decision_conditions c JOIN decisions d ON d.id = c.decision_id
    JOIN opportunities o ON o.id = d.opportunity_id
    WHERE c.met_at IS NULL AND ${standing}
    ORDER BY c.due, c.id LIMIT ${limit}`;
  return asList(found);
}

/** The decisions that were made, the last one first, those before `before` (an id). */
export async function listDecisions(
  db: Db,
  { limit, before }: { limit: number; before: bigint | null },
): Promise<PastDecision[]> {
  const older = before === null ? Prisma.sql`TRUE` : Prisma.sql`d.id < ${before}`;
  return db.$queryRaw<PastDecision[]>`
    SELECT ${workColumns}, d.id::text AS "decisionId", d.verdict::text, d.reason, d.overrides,
      (SELECT r.verdict::text FROM recommendations r WHERE r.id = d.recommendation_id) AS recommended,
      d.fast_track AS "fastTrack", d.decided_by_name AS by, d.decided_at AS at,
      count(c.id)::int AS conditions, count(c.met_at)::int AS met
    FROM decisions d JOIN opportunities o ON o.id = d.opportunity_id
    LEFT JOIN decision_conditions c ON c.decision_id = d.id
    WHERE ${older} GROUP BY d.id, o.id ORDER BY d.id DESC LIMIT ${limit}`;
}

/** How many decisions were made, standing or not. */
export async function countDecisions(db: Db): Promise<number> {
  return db.decision.count();
}

/** A decision that nothing has overtaken: the last one, of an opportunity that is still decided. */
const standing = Prisma.sql`
  coalesce(o.status_before_close, o.workflow_status) IN ('GO', 'CONDITIONAL_GO')
  AND NOT EXISTS (SELECT FROM decisions l WHERE l.opportunity_id = d.opportunity_id AND l.id > d.id)`;
