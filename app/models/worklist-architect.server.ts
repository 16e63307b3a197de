import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { countByClose, rowsByClose, type CloseList } from './worklist-close.server.ts';
import {
  asList,
  withClock,
  workColumns,
  type At,
  type Clocked,
  type WorkList,
  type WorkRow,
} from './worklist-row.server.ts';

/** A sheet an architect has to fill in. */
export type OpenSheet = Clocked<WorkRow & { answered: number; criteria: number | null }>;

/** A sheet that came back. */
export type Returned = WorkRow & { reason: string; by: string; at: Date; version: number };

interface Asked {
  userId: string;
  limit: number;
}

const mineToFill = (userId: string) => Prisma.sql`
  o.assigned_sa = ${userId}::uuid AND o.gone_since IS NULL
  AND o.workflow_status IN ('ASSIGNED', 'IN_ASSESSMENT')`;

const rated = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT (SELECT count(*)::int FROM assessment_ratings g
        WHERE g.assessment_id = a.id AND g.half_steps IS NOT NULL) AS answered,
      jsonb_array_length(s.definition -> 'criteria') AS criteria
    FROM assessments a JOIN scorecards s ON s.id = a.scorecard_id
    WHERE a.opportunity_id = o.id AND a.status = 'DRAFT') rated ON TRUE`;

/** The sheets an architect has to fill in, the first to close first, what is past its close date last. */
export async function listSheets(
  db: Db,
  { userId, limit, at }: Asked & { at: At },
): Promise<CloseList<OpenSheet>> {
  const columns = Prisma.sql`${workColumns}, coalesce(rated.answered, 0) AS answered, rated.criteria`;
  const asked = { columns, joins: rated, where: mineToFill(userId), today: at.today, limit };
  const rows = await rowsByClose<OpenSheet>(db, asked);
  const { total, past } = await countByClose(db, asked);
  return { ...withClock({ rows, total }, at), past };
}

/** The sheets of an architect that came back and are not submitted again, the last one first. */
export async function listReturned(db: Db, { userId, limit }: Asked): Promise<WorkList<Returned>> {
  const found = await db.$queryRaw<(Returned & { total: number })[]>`
    SELECT ${workColumns}, t.reason, t.returned_by_name AS by, t.returned_at AS at, b.version,
      (count(*) OVER ())::int AS total
    FROM opportunities o
    JOIN assessments d ON d.opportunity_id = o.id AND d.status = 'DRAFT'
    JOIN assessments b ON b.opportunity_id = o.id AND b.version = d.version - 1
    JOIN assessment_returns t ON t.assessment_id = b.id
    WHERE ${mineToFill(userId)}
    ORDER BY t.returned_at DESC, o.id LIMIT ${limit}`;
  return asList(found);
}
