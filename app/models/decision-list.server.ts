import type { Recommended } from '#app/domain/scoring.ts';
import { decided, type Verdict } from '#app/domain/transitions.ts';
import type { DuePlace } from '#app/domain/work-place.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { followed } from './condition.server.ts';
import {
  countRows,
  cut,
  workColumns,
  type WorkAsked,
  type WorkPage,
  type WorkRow,
} from './worklist-row.server.ts';

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
  /** Whether its opportunity was reopened after it, decided again or not. */
  reopened: boolean;
};

const openConditions = Prisma.sql`
  FROM decision_conditions c JOIN decisions d ON d.id = c.decision_id
  JOIN opportunities o ON o.id = d.opportunity_id
  WHERE c.met_at IS NULL AND ${followed}
    AND NOT EXISTS (SELECT FROM decisions l WHERE l.opportunity_id = d.opportunity_id AND l.id > d.id)`;

/** The conditions that are not met yet and still have to be, the first to be due first. */
export async function listOpenConditions(
  db: Db,
  { limit, after }: WorkAsked<DuePlace>,
): Promise<WorkPage<OpenCondition, DuePlace>> {
  const later = after
    ? Prisma.sql`(c.due, c.id) > (${after.due}::date, ${after.id}::bigint)`
    : Prisma.sql`TRUE`;
  const found = await db.$queryRaw<OpenCondition[]>`
    SELECT ${workColumns}, c.id::text AS "conditionId", c.condition,
      to_char(c.due, 'YYYY-MM-DD') AS due, d.decided_by_name AS "decidedBy"
    ${openConditions} AND ${later} ORDER BY c.due, c.id LIMIT ${limit + 1}`;
  const page = cut(found, limit, ({ due, conditionId }) => ({ due, id: conditionId }));
  return { ...page, total: await countRows(db, openConditions) };
}

/** Whether the decision `d` on `o` no longer stands: BQS decides again only on what was reopened. */
const reopened = Prisma.sql`(
  coalesce(o.status_before_close, o.workflow_status) NOT IN (${Prisma.join(
    decided.map((state) => Prisma.sql`${state}::workflow_status`),
  )})
  OR EXISTS (SELECT FROM decisions l WHERE l.opportunity_id = d.opportunity_id AND l.id > d.id))`;

/** The decisions that were made, the last one first, those before `before` (an id). */
export async function listDecisions(
  db: Db,
  { limit, before }: { limit: number; before: bigint | null },
): Promise<{ rows: PastDecision[]; next: string | null }> {
  const older = before === null ? Prisma.sql`TRUE` : Prisma.sql`d.id < ${before}`;
  const found = await db.$queryRaw<PastDecision[]>`
    SELECT ${workColumns}, d.id::text AS "decisionId", d.verdict::text, d.reason, d.overrides,
      (SELECT r.verdict::text FROM recommendations r WHERE r.id = d.recommendation_id) AS recommended,
      d.fast_track AS "fastTrack", d.decided_by_name AS by, d.decided_at AS at,
      ${reopened} AS reopened, count(c.id)::int AS conditions, count(c.met_at)::int AS met
    FROM decisions d JOIN opportunities o ON o.id = d.opportunity_id
    LEFT JOIN decision_conditions c ON c.decision_id = d.id
    WHERE ${older} GROUP BY d.id, o.id ORDER BY d.id DESC LIMIT ${limit + 1}`;
  return cut(found, limit, ({ decisionId }) => decisionId);
}

/** How many decisions were made, and how many of them no longer stand. */
export async function countDecisions(db: Db): Promise<{ total: number; reopened: number }> {
  const [row] = await db.$queryRaw<{ total: number; reopened: number }[]>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE ${reopened}))::int AS reopened
    FROM decisions d JOIN opportunities o ON o.id = d.opportunity_id`;
  return row ?? { total: 0, reopened: 0 };
}
