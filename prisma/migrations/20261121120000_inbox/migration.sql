-- Every list reads rows without their CRM record, so the record stays out of the row when it is large;
-- uncompressed, since compressing it costs the sync more than the disk is worth.
ALTER TABLE "opportunities" ALTER COLUMN "raw" SET STORAGE EXTERNAL;

-- The inbox's own indexes: what a search looks in, the seller's rows, and the two sorts without one.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX "opportunities_search" ON "opportunities" USING gin (
  (lower(coalesce("name", '') || ' ' || coalesce("customer", '') || ' ' || coalesce("remote_number", '')))
  gin_trgm_ops
);
CREATE INDEX "opportunities_owner" ON "opportunities" (lower("sales_owner_email"));
DROP INDEX "opportunities_sales_owner_email_idx";
CREATE INDEX "opportunities_customer_remote_id_idx" ON "opportunities" ("customer", "remote_id");
CREATE INDEX "opportunities_win_probability_remote_id_idx" ON "opportunities" ("win_probability", "remote_id");

-- How many opportunities there are of each kind, and what they are worth: the counts beside the
-- inbox's filters come from here, so that they cost the same whatever the number of rows.
CREATE TABLE "opportunity_tallies" (
  "id" BIGSERIAL NOT NULL PRIMARY KEY,
  "bucket" TEXT NOT NULL,
  "practice" TEXT,
  "geo" TEXT,
  "stage" TEXT,
  "crm_status" TEXT,
  "workflow_status" "workflow_status" NOT NULL,
  "currency" TEXT,
  "gone" BOOLEAN NOT NULL,
  "rows" BIGINT NOT NULL,
  "priced" BIGINT NOT NULL,
  "amount" DECIMAL NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX "opportunity_tallies_bucket_idx" ON "opportunity_tallies" ("bucket");

-- Adds what a statement changed to the tallies, in its transaction. A tally that another transaction
-- is changing is left to it and a second one begun, since readers sum them up anyway: so nobody
-- waits here, and no order of writes can deadlock.
CREATE FUNCTION "tally_opportunities"() RETURNS trigger LANGUAGE plpgsql AS $$
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
             coalesce(sum(sign * deal_value), 0) AS amount
      FROM (%s) changed
      GROUP BY practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL
      HAVING sum(sign) <> 0 OR coalesce(sum(sign * deal_value), 0) <> 0
          OR coalesce(sum(sign) FILTER (WHERE deal_value IS NOT NULL), 0) <> 0
    ), free AS MATERIALIZED (
      SELECT t.id, t.bucket FROM opportunity_tallies t
      WHERE t.bucket IN (SELECT bucket FROM delta) FOR UPDATE SKIP LOCKED
    ), added AS (
      UPDATE opportunity_tallies t
      SET rows = t.rows + d.rows, priced = t.priced + d.priced, amount = t.amount + d.amount
      FROM delta d JOIN (SELECT bucket, min(id) AS id FROM free GROUP BY bucket) f USING (bucket)
      WHERE t.id = f.id RETURNING t.bucket
    )
    INSERT INTO opportunity_tallies
      (bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount)
    SELECT bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount
    FROM delta WHERE bucket NOT IN (SELECT bucket FROM added)
  $sql$, CASE TG_OP WHEN 'INSERT' THEN gained WHEN 'DELETE' THEN lost ELSE gained || ' UNION ALL ' || lost END);
  RETURN NULL;
END
$$;

CREATE FUNCTION "empty_opportunity_tallies"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM opportunity_tallies;
  RETURN NULL;
END
$$;

CREATE TRIGGER "opportunity_tallies_insert" AFTER INSERT ON "opportunities"
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION "tally_opportunities"();
CREATE TRIGGER "opportunity_tallies_update" AFTER UPDATE ON "opportunities"
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION "tally_opportunities"();
CREATE TRIGGER "opportunity_tallies_delete" AFTER DELETE ON "opportunities"
  REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION "tally_opportunities"();
CREATE TRIGGER "opportunity_tallies_truncate" AFTER TRUNCATE ON "opportunities"
  FOR EACH STATEMENT EXECUTE FUNCTION "empty_opportunity_tallies"();

INSERT INTO "opportunity_tallies"
  (bucket, practice, geo, stage, crm_status, workflow_status, currency, gone, rows, priced, amount)
SELECT ROW(practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL)::text,
       practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL,
       count(*), count(deal_value), coalesce(sum(deal_value), 0)
FROM opportunities GROUP BY practice, geo, stage, crm_status, workflow_status, currency, gone_since IS NOT NULL;
