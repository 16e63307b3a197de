
-- CreateEnum
CREATE TYPE "role" AS ENUM ('MANAGER', 'PRACTICE_HEAD', 'SOLUTION_ARCHITECT', 'SALES');

-- CreateEnum
CREATE TYPE "workflow_status" AS ENUM ('NEW', 'ASSIGNED', 'IN_ASSESSMENT', 'SUBMITTED', 'RECOMMENDED', 'GO', 'NO_GO', 'CONDITIONAL_GO', 'ON_HOLD', 'CLOSED_IN_CRM');

-- CreateEnum
CREATE TYPE "sync_type" AS ENUM ('FULL', 'INCREMENTAL');

-- CreateEnum
CREATE TYPE "sync_status" AS ENUM ('RUNNING', 'SUCCESS', 'PARTIAL', 'FAILED', 'CANCELLED', 'HELD');

-- CreateEnum
CREATE TYPE "sync_trigger" AS ENUM ('SCHEDULE', 'PERSON', 'COMMAND', 'START');

-- CreateEnum
CREATE TYPE "change_kind" AS ENUM ('UPDATED', 'GONE', 'REAPPEARED');

-- CreateEnum
CREATE TYPE "quarantine_resolution" AS ENUM ('REPLAYED', 'DISCARDED');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "ory_identity_id" UUID NOT NULL,
    "email" TEXT,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_roles" (
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "granted_by" UUID,
    "granted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_roles_pkey" PRIMARY KEY ("user_id","role")
);

-- CreateTable
CREATE TABLE "practices" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "practices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_practices" (
    "user_id" UUID NOT NULL,
    "practice_id" BIGINT NOT NULL,

    CONSTRAINT "user_practices_pkey" PRIMARY KEY ("user_id","practice_id")
);

-- CreateTable
CREATE TABLE "opportunities" (
    "id" BIGSERIAL NOT NULL,
    "remote_id" BIGINT NOT NULL,
    "remote_number" TEXT,
    "name" TEXT,
    "customer" TEXT,
    "practice" TEXT,
    "geo" TEXT,
    "region" TEXT,
    "sector" TEXT,
    "deal_value" DECIMAL,
    "currency" TEXT,
    "win_probability" INTEGER,
    "sales_owner" TEXT,
    "sales_owner_email" TEXT,
    "stage" TEXT,
    "crm_status" TEXT,
    "close_date" DATE,
    "crm_created_at" TIMESTAMPTZ(6),
    "crm_updated_at" TIMESTAMPTZ(6),
    "raw" JSONB NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "first_sync_log_id" BIGINT,
    "last_sync_log_id" BIGINT,
    "last_synced_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "gone_since" TIMESTAMPTZ(6),
    "workflow_status" "workflow_status" NOT NULL DEFAULT 'NEW',
    "status_before_close" "workflow_status",
    "assigned_sa" UUID,
    "sa_notes" TEXT,
    "practice_head_recommendation" TEXT,
    "management_decision" TEXT,

    CONSTRAINT "opportunities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_logs" (
    "id" BIGSERIAL NOT NULL,
    "sync_type" "sync_type" NOT NULL,
    "status" "sync_status" NOT NULL DEFAULT 'RUNNING',
    "trigger" "sync_trigger" NOT NULL,
    "requested_by" UUID,
    "total_fetched" INTEGER NOT NULL DEFAULT 0,
    "new_records" INTEGER NOT NULL DEFAULT 0,
    "updated_records" INTEGER NOT NULL DEFAULT 0,
    "unchanged_records" INTEGER NOT NULL DEFAULT 0,
    "failed_records" INTEGER NOT NULL DEFAULT 0,
    "removed_records" INTEGER NOT NULL DEFAULT 0,
    "reappeared_records" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(6),
    "duration_seconds" DECIMAL(12,3),
    "error_message" TEXT,
    "cursor" BIGINT,
    "max_seen" TIMESTAMPTZ(6),
    "watermark_from" TIMESTAMPTZ(6),
    "watermark_to" TIMESTAMPTZ(6),
    "heartbeat_at" TIMESTAMPTZ(6),
    "lease" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(6),
    "cancel_requested_by" UUID,

    CONSTRAINT "sync_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_missing" (
    "sync_log_id" BIGINT NOT NULL,
    "opportunity_id" BIGINT NOT NULL,

    CONSTRAINT "sync_missing_pkey" PRIMARY KEY ("sync_log_id","opportunity_id")
);

-- CreateTable
CREATE TABLE "sync_quarantine" (
    "id" BIGSERIAL NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "last_sync_log_id" BIGINT NOT NULL,
    "remote_id" TEXT,
    "remote_number" TEXT,
    "cause" TEXT NOT NULL,
    "field" TEXT,
    "message" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "times_seen" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(6),
    "resolution" "quarantine_resolution",
    "resolved_by" UUID,
    "resolved_reason" TEXT,

    CONSTRAINT "sync_quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opportunity_changes" (
    "id" BIGSERIAL NOT NULL,
    "opportunity_id" BIGINT NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "kind" "change_kind" NOT NULL,
    "field" TEXT,
    "before" TEXT,
    "after" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "opportunity_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT,
    "data" JSONB NOT NULL,
    "request_id" TEXT,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_ory_identity_id_key" ON "users"("ory_identity_id");

-- CreateIndex
CREATE INDEX "users_email_idx" ON "users"("email");

-- CreateIndex
CREATE INDEX "user_roles_role_idx" ON "user_roles"("role");

-- CreateIndex
CREATE UNIQUE INDEX "practices_name_key" ON "practices"("name");

-- CreateIndex
CREATE INDEX "user_practices_practice_id_idx" ON "user_practices"("practice_id");

-- CreateIndex
CREATE UNIQUE INDEX "opportunities_remote_id_key" ON "opportunities"("remote_id");

-- CreateIndex
CREATE INDEX "opportunities_remote_number_idx" ON "opportunities"("remote_number");

-- CreateIndex
CREATE INDEX "opportunities_crm_updated_at_remote_id_idx" ON "opportunities"("crm_updated_at", "remote_id");

-- CreateIndex
CREATE INDEX "opportunities_close_date_remote_id_idx" ON "opportunities"("close_date", "remote_id");

-- CreateIndex
CREATE INDEX "opportunities_deal_value_remote_id_idx" ON "opportunities"("deal_value", "remote_id");

-- CreateIndex
CREATE INDEX "opportunities_name_remote_id_idx" ON "opportunities"("name", "remote_id");

-- CreateIndex
CREATE INDEX "opportunities_practice_remote_id_idx" ON "opportunities"("practice", "remote_id");

-- CreateIndex
CREATE INDEX "opportunities_sales_owner_email_idx" ON "opportunities"("sales_owner_email");

-- CreateIndex
CREATE INDEX "opportunities_assigned_sa_idx" ON "opportunities"("assigned_sa");

-- CreateIndex
CREATE INDEX "sync_logs_started_at_idx" ON "sync_logs"("started_at");

-- CreateIndex
CREATE INDEX "sync_logs_status_completed_at_idx" ON "sync_logs"("status", "completed_at");

-- CreateIndex
CREATE INDEX "sync_quarantine_sync_log_id_idx" ON "sync_quarantine"("sync_log_id");

-- CreateIndex
CREATE INDEX "sync_quarantine_last_sync_log_id_idx" ON "sync_quarantine"("last_sync_log_id");

-- CreateIndex
CREATE INDEX "sync_quarantine_cause_field_idx" ON "sync_quarantine"("cause", "field");

-- CreateIndex
CREATE INDEX "opportunity_changes_opportunity_id_id_idx" ON "opportunity_changes"("opportunity_id", "id");

-- CreateIndex
CREATE INDEX "opportunity_changes_sync_log_id_id_idx" ON "opportunity_changes"("sync_log_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at", "id");

-- CreateIndex
CREATE INDEX "audit_events_subject_type_subject_id_id_idx" ON "audit_events"("subject_type", "subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_kind_id_idx" ON "audit_events"("kind", "id");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_id_idx" ON "audit_events"("actor_id", "id");

-- AddForeignKey
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_granted_by_fkey" FOREIGN KEY ("granted_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_practices" ADD CONSTRAINT "user_practices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_practices" ADD CONSTRAINT "user_practices_practice_id_fkey" FOREIGN KEY ("practice_id") REFERENCES "practices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_assigned_sa_fkey" FOREIGN KEY ("assigned_sa") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_missing" ADD CONSTRAINT "sync_missing_sync_log_id_fkey" FOREIGN KEY ("sync_log_id") REFERENCES "sync_logs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity_changes" ADD CONSTRAINT "opportunity_changes_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity_changes" ADD CONSTRAINT "opportunity_changes_sync_log_id_fkey" FOREIGN KEY ("sync_log_id") REFERENCES "sync_logs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on: what the Prisma schema cannot say.

-- One sync at a time, however many workers there are.
CREATE UNIQUE INDEX "sync_logs_one_running" ON "sync_logs" ((true)) WHERE "status" = 'RUNNING';

-- A record that keeps failing is one open row, not one a run.
CREATE UNIQUE INDEX "sync_quarantine_open" ON "sync_quarantine" ("fingerprint") WHERE "resolved_at" IS NULL;

-- A record leaves the quarantine by name and with an outcome, or not at all.
ALTER TABLE "sync_quarantine" ADD CONSTRAINT "sync_quarantine_resolved_whole"
  CHECK (("resolved_at" IS NULL) = ("resolution" IS NULL));

ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_closed_remembers"
  CHECK (("workflow_status" = 'CLOSED_IN_CRM') = ("status_before_close" IS NOT NULL));

CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_events is append-only';
END
$$;

CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();

CREATE TRIGGER "audit_events_never_truncated" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
