import { rowObstacle } from '#app/domain/row-obstacle.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { gapWords, nearestFlip } from '#app/domain/review-words.ts';
import type { Band } from '#app/domain/scorecard.ts';
import { bandOf } from '#app/domain/scoring.ts';
import type { WorkPlace } from '#app/domain/work-place.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { scopePredicate } from './opportunity-predicate.server.ts';
import {
  assessedColumns,
  cardOf,
  latestSubmitted,
  ratingsByAssessment,
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

type Row = WorkRow & Assessed & { previousId: string | null };

/** A submitted assessment that waits for a practice head's recommendation. */
export type Review = Clocked<Row> & {
  band: Band;
  /** Names. */
  knockOuts: string[];
  /** Why the viewer cannot recommend on it, in words; null where they can. */
  obstacle: string | null;
  /** What to look at first. */
  gap: string;
  /** The smallest change that would make it speak for something else. */
  flip: string | null;
};

/** What waits for a recommendation in `scope`, oldest first. */
export async function listReviews(
  db: Db,
  viewer: Viewer,
  scope: Scope,
  { limit, after, at }: WorkAsked & { at: At },
): Promise<WorkPage<Review>> {
  const reviews = Prisma.sql`
    FROM opportunities o ${latestSubmitted}
    LEFT JOIN assessments p ON p.opportunity_id = o.id AND p.version = a.version - 1
      AND p.scorecard_id = a.scorecard_id
    WHERE o.gone_since IS NULL AND o.workflow_status = 'SUBMITTED' AND ${scopePredicate(scope)}`;
  const found = await db.$queryRaw<(Row & WorkPlace)[]>`
    SELECT ${workColumns}, ${assessedColumns}, p.id::text AS "previousId",
      ${waitingMicros}::text AS micros
    ${reviews} AND ${beyond(after)} ORDER BY ${waitingMicros}, o.id LIMIT ${limit + 1}`;
  const page = cut(found, limit, workPlaceOf);
  const { rows, total } = withClock({ ...page, total: await countRows(db, reviews) }, at);
  const ids = rows.flatMap(({ assessmentId, previousId }) => [assessmentId, previousId]);
  const [cards, ratings] = await Promise.all([
    scorecardsOf(db, rows),
    ratingsByAssessment(
      db,
      ids.filter((id) => id !== null),
    ),
  ]);
  return {
    total,
    next: page.next,
    rows: rows.map((row) => {
      const card = cardOf(cards, row);
      const mine = ratings.get(row.assessmentId) ?? {};
      const before = row.previousId === null ? null : (ratings.get(row.previousId) ?? null);
      const unsaid = { recommenderId: null, recommendedForId: null };
      return {
        ...row,
        obstacle: rowObstacle(viewer, 'recommend', { ...row, ...unsaid }),
        band: bandOf(card, row.score),
        knockOuts: card.criteria
          .filter(({ code }) => row.knockOuts.includes(code))
          .map(({ name }) => name),
        gap: gapWords(card, mine, before),
        flip: nearestFlip(card, mine),
      };
    }),
  };
}
