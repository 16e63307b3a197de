CREATE TYPE "scorecard_status" AS ENUM ('DRAFT', 'PUBLISHED', 'RETIRED');

CREATE TYPE "assessment_status" AS ENUM ('DRAFT', 'SUBMITTED');

CREATE TYPE "recommendation_verdict" AS ENUM ('GO', 'NO_GO', 'CONDITIONAL');

CREATE TYPE "decision_verdict" AS ENUM ('GO', 'NO_GO', 'CONDITIONAL_GO');

CREATE TYPE "stale_resolution" AS ENUM ('STILL_HOLDS', 'RENEWED', 'REVERTED');

CREATE TYPE "scan_status" AS ENUM ('PENDING', 'CLEAN', 'REFUSED');

CREATE TYPE "mail_state" AS ENUM ('PENDING', 'DIGEST', 'SENT', 'MUTED', 'FAILED');

CREATE TYPE "mail_choice" AS ENUM ('EACH', 'DIGEST', 'NEVER');

ALTER TABLE "opportunities"
  ADD COLUMN "status_before_hold" "workflow_status",
  ADD COLUMN "hold_until" DATE,
  ADD COLUMN "hold_reason" TEXT,
  ADD COLUMN "qualification_revision" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "workflow_since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "clock_carried_minutes" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "scorecards" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "status" "scorecard_status" NOT NULL DEFAULT 'DRAFT',
    "definition" JSONB NOT NULL,
    "based_on_id" BIGINT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(6),
    "published_by" UUID,

    CONSTRAINT "scorecards_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "assessments" (
    "id" BIGSERIAL NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "assessment_status" NOT NULL DEFAULT 'DRAFT',
    "scorecard_id" BIGINT NOT NULL,
    "assessor_id" UUID,
    "assessor_name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "saved_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(6),
    "score" INTEGER,
    "band" TEXT,
    "knock_outs" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "assessments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "assessment_ratings" (
    "assessment_id" BIGINT NOT NULL,
    "criterion" TEXT NOT NULL,
    "half_steps" SMALLINT,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "assessment_ratings_pkey" PRIMARY KEY ("assessment_id","criterion")
);

CREATE TABLE "assessment_bases" (
    "assessment_id" BIGINT NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "deal_value" DECIMAL,
    "currency" TEXT,
    "close_date" DATE,
    "stage" TEXT,
    "crm_status" TEXT,
    "gone" BOOLEAN NOT NULL DEFAULT false,
    "taken_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assessment_bases_pkey" PRIMARY KEY ("assessment_id")
);

CREATE TABLE "stale_marks" (
    "id" BIGSERIAL NOT NULL,
    "assessment_id" BIGINT NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "sync_log_id" BIGINT,
    "field" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "marked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(6),
    "resolution" "stale_resolution",
    "resolved_by" UUID,
    "resolved_by_name" TEXT,

    CONSTRAINT "stale_marks_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "assessment_returns" (
    "assessment_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "returned_by" UUID,
    "returned_by_name" TEXT NOT NULL,
    "returned_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assessment_returns_pkey" PRIMARY KEY ("assessment_id")
);

CREATE TABLE "recommendations" (
    "id" BIGSERIAL NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "assessment_id" BIGINT NOT NULL,
    "verdict" "recommendation_verdict" NOT NULL,
    "rationale" TEXT NOT NULL,
    "recommended_by" UUID,
    "recommended_by_name" TEXT NOT NULL,
    "recommended_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recommendations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "decisions" (
    "id" BIGSERIAL NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "assessment_id" BIGINT,
    "recommendation_id" BIGINT,
    "verdict" "decision_verdict" NOT NULL,
    "reason" TEXT NOT NULL,
    "overrides" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "fast_track" BOOLEAN NOT NULL DEFAULT false,
    "decided_by" UUID,
    "decided_by_name" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "decision_conditions" (
    "id" BIGSERIAL NOT NULL,
    "decision_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "condition" TEXT NOT NULL,
    "due" DATE NOT NULL,
    "met_at" TIMESTAMPTZ(6),
    "met_by" UUID,
    "met_by_name" TEXT,
    "met_note" TEXT,

    CONSTRAINT "decision_conditions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "decision_memos" (
    "decision_id" BIGINT NOT NULL,
    "content" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_memos_pkey" PRIMARY KEY ("decision_id")
);

CREATE TABLE "evidence_files" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "opportunity_id" BIGINT NOT NULL,
    "criterion" TEXT,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "scan_status" "scan_status" NOT NULL DEFAULT 'PENDING',
    "uploaded_by" UUID,
    "uploaded_by_name" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(6),
    "removed_by_name" TEXT,

    CONSTRAINT "evidence_files_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "comments" (
    "id" BIGSERIAL NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "mentions" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notifications" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "opportunity_id" BIGINT,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(6),
    "mail_state" "mail_state" NOT NULL DEFAULT 'PENDING',
    "mail_attempts" INTEGER NOT NULL DEFAULT 0,
    "mailed_at" TIMESTAMPTZ(6),
    "mail_error" TEXT,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "topic_choices" (
    "user_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "mail" "mail_choice" NOT NULL,

    CONSTRAINT "topic_choices_pkey" PRIMARY KEY ("user_id","topic")
);

CREATE TABLE "holidays" (
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holidays_pkey" PRIMARY KEY ("day")
);

CREATE INDEX "scorecards_status_idx" ON "scorecards"("status");

CREATE INDEX "assessments_assessor_id_status_idx" ON "assessments"("assessor_id", "status");

CREATE INDEX "assessments_status_submitted_at_idx" ON "assessments"("status", "submitted_at");

CREATE UNIQUE INDEX "assessments_opportunity_id_version_key" ON "assessments"("opportunity_id", "version");

CREATE INDEX "assessment_bases_opportunity_id_idx" ON "assessment_bases"("opportunity_id");

CREATE INDEX "stale_marks_opportunity_id_resolved_at_idx" ON "stale_marks"("opportunity_id", "resolved_at");

CREATE UNIQUE INDEX "recommendations_assessment_id_key" ON "recommendations"("assessment_id");

CREATE INDEX "recommendations_opportunity_id_idx" ON "recommendations"("opportunity_id");

CREATE UNIQUE INDEX "decisions_assessment_id_key" ON "decisions"("assessment_id");

CREATE INDEX "decisions_opportunity_id_idx" ON "decisions"("opportunity_id");

CREATE INDEX "decisions_decided_at_idx" ON "decisions"("decided_at");

CREATE INDEX "decision_conditions_decision_id_idx" ON "decision_conditions"("decision_id");

CREATE INDEX "decision_conditions_due_idx" ON "decision_conditions"("due");

CREATE UNIQUE INDEX "evidence_files_storage_key_key" ON "evidence_files"("storage_key");

CREATE INDEX "evidence_files_opportunity_id_idx" ON "evidence_files"("opportunity_id");

CREATE INDEX "comments_opportunity_id_id_idx" ON "comments"("opportunity_id", "id");

CREATE INDEX "notifications_user_id_id_idx" ON "notifications"("user_id", "id");

CREATE INDEX "notifications_mail_state_id_idx" ON "notifications"("mail_state", "id");

ALTER TABLE "assessments" ADD CONSTRAINT "assessments_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "assessments" ADD CONSTRAINT "assessments_scorecard_id_fkey" FOREIGN KEY ("scorecard_id") REFERENCES "scorecards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "assessments" ADD CONSTRAINT "assessments_assessor_id_fkey" FOREIGN KEY ("assessor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "assessment_ratings" ADD CONSTRAINT "assessment_ratings_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "assessment_bases" ADD CONSTRAINT "assessment_bases_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "stale_marks" ADD CONSTRAINT "stale_marks_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "assessment_returns" ADD CONSTRAINT "assessment_returns_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decisions" ADD CONSTRAINT "decisions_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decisions" ADD CONSTRAINT "decisions_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decisions" ADD CONSTRAINT "decisions_recommendation_id_fkey" FOREIGN KEY ("recommendation_id") REFERENCES "recommendations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decision_conditions" ADD CONSTRAINT "decision_conditions_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decision_memos" ADD CONSTRAINT "decision_memos_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "comments" ADD CONSTRAINT "comments_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "topic_choices" ADD CONSTRAINT "topic_choices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on: what the Prisma schema cannot say.

ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_hold_remembers" CHECK (
  ("workflow_status" = 'ON_HOLD' OR coalesce("status_before_close" = 'ON_HOLD', false))
  = ("status_before_hold" IS NOT NULL));

-- What people are at work on, the oldest first. What the sync writes, new or closed, stays out of it.
CREATE INDEX "opportunities_at_work" ON "opportunities" ("workflow_status", "workflow_since")
  WHERE "workflow_status" NOT IN ('NEW', 'CLOSED_IN_CRM');

-- One scorecard is in force at a time.
CREATE UNIQUE INDEX "scorecards_one_published" ON "scorecards" ((true)) WHERE "status" = 'PUBLISHED';

-- One open draft an opportunity, however many tabs begin one.
CREATE UNIQUE INDEX "assessments_one_draft" ON "assessments" ("opportunity_id") WHERE "status" = 'DRAFT';

CREATE UNIQUE INDEX "stale_marks_open" ON "stale_marks" ("assessment_id", "field") WHERE "resolved_at" IS NULL;

CREATE INDEX "notifications_unread" ON "notifications" ("user_id") WHERE "read_at" IS NULL;

ALTER TABLE "assessment_ratings" ADD CONSTRAINT "assessment_ratings_by_halves" CHECK ("half_steps" BETWEEN 0 AND 10);

ALTER TABLE "assessments" ADD CONSTRAINT "assessments_submitted_whole" CHECK (
  ("status" = 'SUBMITTED') = ("submitted_at" IS NOT NULL)
  AND ("status" = 'SUBMITTED') = ("score" IS NOT NULL)
  AND ("status" = 'SUBMITTED') = ("band" IS NOT NULL));

ALTER TABLE "stale_marks" ADD CONSTRAINT "stale_marks_resolved_whole"
  CHECK (("resolved_at" IS NULL) = ("resolution" IS NULL));

-- Whoever moves a state or an assignment, the sync included, makes older forms stale and starts the clock.
-- A hold stops the clock and keeps what it showed.
CREATE FUNCTION "note_workflow_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.qualification_revision = OLD.qualification_revision THEN
    NEW.qualification_revision := OLD.qualification_revision + 1;
  END IF;
  IF NEW.workflow_status IS DISTINCT FROM OLD.workflow_status THEN
    NEW.workflow_since := now();
    IF 'ON_HOLD' NOT IN (OLD.workflow_status, NEW.workflow_status) THEN
      NEW.clock_carried_minutes := 0;
    END IF;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "opportunities_workflow_change" BEFORE UPDATE ON "opportunities" FOR EACH ROW
  WHEN (OLD.workflow_status IS DISTINCT FROM NEW.workflow_status OR OLD.assigned_sa IS DISTINCT FROM NEW.assigned_sa)
  EXECUTE FUNCTION "note_workflow_change"();

-- What is on the record stays as it was recorded.
CREATE FUNCTION "refuse_change_on_record"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is on the record and cannot be changed', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER "assessments_submitted_fixed" BEFORE UPDATE OR DELETE ON "assessments" FOR EACH ROW
  WHEN (OLD.status = 'SUBMITTED') EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "scorecards_published_fixed" BEFORE UPDATE ON "scorecards" FOR EACH ROW
  WHEN (OLD.status <> 'DRAFT' AND (OLD.definition IS DISTINCT FROM NEW.definition
    OR OLD.name IS DISTINCT FROM NEW.name OR NEW.status = 'DRAFT'))
  EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "scorecards_published_kept" BEFORE DELETE ON "scorecards" FOR EACH ROW
  WHEN (OLD.status <> 'DRAFT') EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "recommendations_fixed" BEFORE UPDATE OR DELETE ON "recommendations"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "decisions_fixed" BEFORE UPDATE OR DELETE ON "decisions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "decision_memos_fixed" BEFORE UPDATE OR DELETE ON "decision_memos"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "assessment_returns_fixed" BEFORE UPDATE OR DELETE ON "assessment_returns"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "comments_fixed" BEFORE UPDATE OR DELETE ON "comments"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();

CREATE TRIGGER "decision_conditions_fixed" BEFORE UPDATE ON "decision_conditions" FOR EACH ROW
  WHEN ((OLD.decision_id, OLD.position, OLD.condition, OLD.due) IS DISTINCT FROM (NEW.decision_id, NEW.position, NEW.condition, NEW.due)
    OR OLD.met_at IS NOT NULL)
  EXECUTE FUNCTION "refuse_change_on_record"();
CREATE TRIGGER "decision_conditions_kept" BEFORE DELETE ON "decision_conditions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_on_record"();

-- A rating is as fixed as the assessment it belongs to.
CREATE FUNCTION "refuse_change_of_submitted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM assessments WHERE status = 'SUBMITTED'
      AND id = CASE WHEN TG_OP = 'INSERT' THEN NEW.assessment_id ELSE OLD.assessment_id END) THEN
    RAISE EXCEPTION 'assessment_ratings of a submitted assessment cannot be changed';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER "assessment_ratings_fixed" BEFORE INSERT OR UPDATE OR DELETE ON "assessment_ratings"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_submitted"();
