import type { PastSheet } from '#app/domain/simulate.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A past sheet with what names its opportunity. */
export interface NamedSheet extends PastSheet {
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  customer: string | null;
}

interface Row extends Omit<NamedSheet, 'ratings'> {
  criteria: string[];
  halfSteps: (number | null)[];
}

/** The latest submitted assessment of every opportunity, with its ratings and what became of it. */
export async function listPastSheets(db: Db): Promise<NamedSheet[]> {
  // The ratings of all sheets are gathered in one pass over their table, not sheet by sheet.
  const rows = await db.$queryRaw<Row[]>`
    WITH latest AS (
      SELECT DISTINCT ON (opportunity_id) id, opportunity_id, scorecard_id
      FROM assessments WHERE status = 'SUBMITTED'
      ORDER BY opportunity_id, version DESC),
    rated AS (
      SELECT assessment_id, array_agg(criterion) AS criteria, array_agg(half_steps) AS half_steps
      FROM assessment_ratings WHERE assessment_id IN (SELECT id FROM latest)
      GROUP BY assessment_id)
    SELECT l.scorecard_id::text AS "scorecardId", o.remote_id::text AS "remoteId",
      o.remote_number AS "remoteNumber", o.name, o.customer, d.verdict::text AS verdict,
      CASE o.crm_status WHEN 'WON' THEN 'won' WHEN 'LOST' THEN 'lost' WHEN 'NO_SALE' THEN 'noSale'
        ELSE 'open' END AS outcome, r.criteria, r.half_steps AS "halfSteps"
    FROM latest l
    JOIN opportunities o ON o.id = l.opportunity_id
    JOIN rated r ON r.assessment_id = l.id
    LEFT JOIN decisions d ON d.assessment_id = l.id
    ORDER BY l.id DESC`;
  return rows.map(({ criteria, halfSteps, ...sheet }) => ({
    ...sheet,
    ratings: Object.fromEntries(criteria.map((code, index) => [code, halfSteps[index] ?? null])),
  }));
}
