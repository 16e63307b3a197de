import { rowObstacle } from '#app/domain/row-obstacle.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Band } from '#app/domain/scorecard.ts';
import { bandOf, overridesOf, type Override } from '#app/domain/scoring.ts';
import type { Verdict } from '#app/domain/transitions.ts';
import type { WorkPlace } from '#app/domain/work-place.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import {
  assessedColumns,
  cardOf,
  fastTrack,
  latestSubmitted,
  scorecardsOf,
  type Assessed,
} from './worklist-assessed.server.ts';
import {
  beyond,
  countRows,
  cut,
  waitingMicros,
  withClock,
  workColumns,
  workPlaceOf,
  type At,
  type Clocked,
  type WorkAsked,
  type WorkPage,
  type WorkRow,
} from './worklist-row.server.ts';

interface Recommended {
  recommendation: 'GO' | 'NO_GO' | 'CONDITIONAL' | null;
  rationale: string | null;
  recommenderId: string | null;
  /** For whom they recommended, as a stand-in. */
  recommendedForId: string | null;
  recommender: string | null;
}

type Row = WorkRow & Assessed & Recommended;

/** An opportunity that waits for a manager's decision. Without a recommendation it takes the fast track. */
export type Waiting = Clocked<Row> & {
  band: Band;
  /** Names. */
  knockOuts: string[];
  /** Why the viewer cannot decide on it, in words; null where they can. */
  obstacle: string | null;
  /** What each verdict would go against. */
  overrides: Record<Verdict, Override[]>;
};

const waiting = Prisma.sql`
  FROM opportunities o ${latestSubmitted}
  LEFT JOIN recommendations r ON r.assessment_id = a.id
  WHERE o.gone_since IS NULL AND o.workflow_status IN ('RECOMMENDED', 'SUBMITTED')
    AND (o.workflow_status = 'RECOMMENDED' OR (o.workflow_status = 'SUBMITTED' AND ${fastTrack}))`;

/** What waits for a decision: recommended, or submitted on the fast track. Oldest first. */
export async function listWaiting(
  db: Db,
  viewer: Viewer,
  { limit, after, at }: WorkAsked & { at: At },
): Promise<WorkPage<Waiting>> {
  const found = await db.$queryRaw<(Row & WorkPlace)[]>`
    SELECT ${workColumns}, ${assessedColumns}, r.verdict::text AS recommendation, r.rationale,
      r.recommended_by::text AS "recommenderId", r.recommended_by_name AS recommender,
      r.recommended_for::text AS "recommendedForId", ${waitingMicros}::text AS micros
    ${waiting} AND ${beyond(after)} ORDER BY ${waitingMicros}, o.id LIMIT ${limit + 1}`;
  const page = cut(found, limit, workPlaceOf);
  const { rows, total } = withClock({ ...page, total: await countRows(db, waiting) }, at);
  const cards = await scorecardsOf(db, rows);
  return {
    total,
    next: page.next,
    rows: rows.map((row) => {
      const card = cardOf(cards, row);
      const band = bandOf(card, row.score);
      const { recommendation, knockOuts } = row;
      const against = (verdict: Verdict) =>
        overridesOf({ verdict, band, knockOuts, recommendation });
      return {
        ...row,
        band,
        obstacle: rowObstacle(viewer, 'decide', row),
        knockOuts: card.criteria.filter(({ code }) => knockOuts.includes(code)).map((c) => c.name),
        overrides: {
          GO: against('GO'),
          NO_GO: against('NO_GO'),
          CONDITIONAL_GO: against('CONDITIONAL_GO'),
        },
      };
    }),
  };
}
