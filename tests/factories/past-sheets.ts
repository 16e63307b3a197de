import type { Db } from '#app/lib/db.server.ts';

/**
 * Writes opportunities with a submitted assessment on the scorecard in force, as one statement a table.
 * Every criterion is rated alike, or each at random where `rating` is null.
 */
export async function writePastSheets(
  db: Db,
  past: { count: number; rating: number | null; crmStatus: (index: number) => string },
): Promise<void> {
  const statuses = Array.from({ length: past.count }, (_, index) => past.crmStatus(index));
  const [{ from }] = (await db.$queryRaw`
    SELECT coalesce(max(id), 0)::bigint AS "from" FROM opportunities`) as [{ from: bigint }];
  await db.$executeRaw`
    INSERT INTO opportunities (remote_id, remote_number, name, customer, crm_status, raw, content_hash,
      workflow_status)
    SELECT 700000000000000 + ${from} + n, 'PAST-' || ${from} + n, 'Past ' || n, 'Example Bank', status,
      '{}', '\\x00', 'SUBMITTED'
    FROM unnest(${statuses}::text[]) WITH ORDINALITY AS given (status, n)`;
  await db.$executeRaw`
    INSERT INTO assessments (opportunity_id, version, scorecard_id, assessor_name)
    SELECT o.id, 1, (SELECT id FROM scorecards WHERE status = 'PUBLISHED'), 'Ada Architect'
    FROM opportunities o WHERE o.id > ${from}`;
  await rateDrafts(db, past.rating);
  await submitDrafts(db);
}

/** Writes version 2 of some assessments that have none. */
export async function nextVersionOf(
  db: Db,
  count: number,
  next: { status: 'DRAFT' | 'SUBMITTED'; rating: number },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO assessments (opportunity_id, version, scorecard_id, assessor_name)
    SELECT opportunity_id, 2, min(scorecard_id), 'Ada Architect' FROM assessments
    GROUP BY opportunity_id HAVING max(version) = 1 ORDER BY opportunity_id LIMIT ${count}`;
  await rateDrafts(db, next.rating);
  if (next.status === 'SUBMITTED') await submitDrafts(db);
}

async function rateDrafts(db: Db, rating: number | null): Promise<void> {
  await db.$executeRaw`
    INSERT INTO assessment_ratings (assessment_id, criterion, half_steps)
    SELECT a.id, c ->> 'code', coalesce(${rating}::smallint, floor(random() * 11))
    FROM assessments a JOIN scorecards s ON s.id = a.scorecard_id,
      jsonb_array_elements(s.definition -> 'criteria') c
    WHERE a.status = 'DRAFT'
      AND NOT EXISTS (SELECT FROM assessment_ratings WHERE assessment_id = a.id)`;
}

async function submitDrafts(db: Db): Promise<void> {
  await db.$executeRaw`
    UPDATE assessments a SET status = 'SUBMITTED', submitted_at = now(), score = rated.score,
      band = CASE WHEN rated.score >= 700 THEN 'pursue' WHEN rated.score >= 500 THEN 'consider'
        ELSE 'decline' END
    FROM (
      SELECT r.assessment_id, sum(r.half_steps * (c ->> 'weight')::int) AS score
      FROM assessment_ratings r JOIN assessments own ON own.id = r.assessment_id
        JOIN scorecards s ON s.id = own.scorecard_id,
        jsonb_array_elements(s.definition -> 'criteria') c
      WHERE c ->> 'code' = r.criterion GROUP BY r.assessment_id) rated
    WHERE a.id = rated.assessment_id AND a.status = 'DRAFT'`;
}
