import { scorecardSchema, type Scorecard } from '#app/domain/scorecard.ts';
import type { Ratings } from '#app/domain/scoring.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';

/** The latest submitted assessment of a row. */
export interface Assessed {
  assessmentId: string;
  version: number;
  scorecardId: string;
  assessorId: string | null;
  assessor: string;
  /** users.id */
  assignedSa: string | null;
  salesOwnerEmail: string | null;
  /** Tenths of a percent. */
  score: number;
  knockOuts: string[];
}

/** Joins `o` with its latest submitted assessment as `a`, and that with its scorecard as `s`. */
export const latestSubmitted: Sql = Prisma.sql`
  JOIN LATERAL (SELECT * FROM assessments WHERE opportunity_id = o.id AND status = 'SUBMITTED'
    ORDER BY version DESC LIMIT 1) a ON TRUE
  JOIN scorecards s ON s.id = a.scorecard_id`;

export const assessedColumns: Sql = Prisma.sql`
  a.id::text AS "assessmentId", a.version, a.scorecard_id::text AS "scorecardId",
  a.assessor_id::text AS "assessorId", a.assessor_name AS assessor, coalesce(a.score, 0) AS score,
  a.knock_outs AS "knockOuts", o.assigned_sa::text AS "assignedSa",
  o.sales_owner_email AS "salesOwnerEmail"`;

/** Whether `o` may be decided without a recommendation: takesFastTrack of the domain, said in SQL. */
export const fastTrack: Sql = Prisma.sql`(
  (s.definition #>> '{fastTrack,enabled}')::boolean AND cardinality(a.knock_outs) = 0
  AND a.score >= (s.definition #>> '{fastTrack,from}')::int
  AND o.deal_value < (s.definition -> 'fastTrack' -> 'under' ->> o.currency)::numeric)`;

/** The scorecards of these rows by id, each read once. */
export async function scorecardsOf(
  db: Db,
  rows: readonly { scorecardId: string }[],
): Promise<Map<string, Scorecard>> {
  const ids = [...new Set(rows.map(({ scorecardId }) => scorecardId))].map(BigInt);
  const found = await db.scorecard.findMany({ where: { id: { in: ids } } });
  return new Map(
    found.map(({ id, definition }) => [String(id), scorecardSchema.parse(definition)]),
  );
}

/** The scorecard of a row, which a foreign key promises. */
export function cardOf(cards: Map<string, Scorecard>, { scorecardId }: { scorecardId: string }) {
  const card = cards.get(scorecardId);
  if (!card) throw new Error(`There is no scorecard ${scorecardId}.`);
  return card;
}

/** The ratings of these assessments by assessment id. */
export async function ratingsByAssessment(
  db: Db,
  assessmentIds: readonly string[],
): Promise<Map<string, Ratings>> {
  const rows = await db.assessmentRating.findMany({
    where: { assessmentId: { in: assessmentIds.map(BigInt) } },
    select: { assessmentId: true, criterion: true, halfSteps: true },
  });
  const found = new Map<string, Record<string, number | null>>();
  for (const { assessmentId, criterion, halfSteps } of rows) {
    const id = String(assessmentId);
    found.set(id, { ...found.get(id), [criterion]: halfSteps });
  }
  return found;
}
