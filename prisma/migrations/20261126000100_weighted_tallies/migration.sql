-- What is open, weighted by how likely it is to be won, is on the worklist of every manager: the tallies
-- know that too, so that it is not summed row by row. `likely` counts the rows with both an amount and a
-- win probability; `weighted` sums the one times the other, in percent, as a whole and therefore exactly.

-- First whatever writes opportunities, then the tallies: the order in which a write takes them.
LOCK TABLE "opportunities" IN SHARE ROW EXCLUSIVE MODE;
TRUNCATE "opportunity_tallies";
ALTER TABLE "opportunity_tallies" ADD COLUMN "likely" BIGINT NOT NULL, ADD COLUMN "weighted" DECIMAL NOT NULL;

CREATE OR REPLACE FUNCTION "tally_opportunities"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gained CONSTANT text := 'SELECT 1 AS sign, a.* FROM after_rows a';
  lost CONSTANT text := 'SELECT -1 AS sign, b.* FROM before_rows b';
BEGIN
  EXECUTE format($sql$
    WITH delta AS MATERIALIZED (
      SELECT ROW(practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL)::text AS bucket,
             practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL AS gone,
             sum(sign) AS rows,
             coalesce(sum(sign) FILTER (WHERE deal_value IS NOT NULL), 0) AS priced,
             coalesce(sum(sign * deal_value), 0) AS amount,
             coalesce(sum(sign) FILTER (WHERE deal_value IS NOT NULL AND win_probability IS NOT NULL), 0) AS likely,
             coalesce(sum(sign * deal_value * win_probability), 0) AS weighted
      FROM (%s) changed
      GROUP BY practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL
      HAVING sum(sign) <> 0 OR coalesce(sum(sign * deal_value), 0) <> 0
          OR coalesce(sum(sign) FILTER (WHERE deal_value IS NOT NULL), 0) <> 0
          OR coalesce(sum(sign) FILTER (WHERE deal_value IS NOT NULL AND win_probability IS NOT NULL), 0) <> 0
          OR coalesce(sum(sign * deal_value * win_probability), 0) <> 0
    ), free AS MATERIALIZED (
      SELECT t.id, t.bucket FROM opportunity_tallies t
      WHERE t.bucket IN (SELECT bucket FROM delta) FOR UPDATE SKIP LOCKED
    ), added AS (
      UPDATE opportunity_tallies t
      SET rows = t.rows + d.rows, priced = t.priced + d.priced, amount = t.amount + d.amount,
          likely = t.likely + d.likely, weighted = t.weighted + d.weighted
      FROM delta d JOIN (SELECT bucket, min(id) AS id FROM free GROUP BY bucket) f USING (bucket)
      WHERE t.id = f.id RETURNING t.bucket
    )
    INSERT INTO opportunity_tallies
      (bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount,
       likely, weighted)
    SELECT bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount,
           likely, weighted
    FROM delta WHERE bucket NOT IN (SELECT bucket FROM added)
  $sql$, CASE TG_OP WHEN 'INSERT' THEN gained WHEN 'DELETE' THEN lost ELSE gained || ' UNION ALL ' || lost END);
  RETURN NULL;
END
$$;

INSERT INTO "opportunity_tallies"
  (bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount, likely, weighted)
SELECT ROW(practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL)::text,
       practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL,
       count(*), count(deal_value), coalesce(sum(deal_value), 0), count(deal_value * win_probability),
       coalesce(sum(deal_value * win_probability), 0)
FROM opportunities GROUP BY practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL;
