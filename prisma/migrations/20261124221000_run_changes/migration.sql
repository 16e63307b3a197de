-- What a run changed, in the order of its page. `precedenceOf` of the domain says the same; a test holds
-- the two together.
ALTER TABLE "opportunity_changes" ADD COLUMN "precedence" SMALLINT GENERATED ALWAYS AS (
  CASE "kind" WHEN 'GONE' THEN 0 WHEN 'REAPPEARED' THEN 1 ELSE
    CASE "field"
      WHEN 'deal_value' THEN 2
      WHEN 'currency' THEN 3
      WHEN 'close_date' THEN 4
      WHEN 'stage' THEN 5
      WHEN 'crm_status' THEN 6
      WHEN 'win_probability' THEN 7
      WHEN 'crm_created_at' THEN 9
      WHEN 'crm_updated_at' THEN 9
      ELSE 8
    END
  END) STORED;

-- Takes the place of the index in the order of writing, which nothing reads any more.
DROP INDEX "opportunity_changes_sync_log_id_id_idx";

-- CreateIndex
CREATE INDEX "opportunity_changes_sync_log_id_precedence_opportunity_id_idx" ON "opportunity_changes"("sync_log_id", "precedence", "opportunity_id");

-- CreateIndex
CREATE INDEX "opportunities_first_sync_log_id_id_idx" ON "opportunities"("first_sync_log_id", "id");

-- From here on: what the Prisma schema cannot say.

-- What the CRM closed while people were at work on it, beside the index of what they are at work on.
CREATE INDEX "opportunities_closed_at_work" ON "opportunities" ("id")
  WHERE "workflow_status" = 'CLOSED_IN_CRM' AND "status_before_close" <> 'NEW';
