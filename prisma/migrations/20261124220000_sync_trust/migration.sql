-- CreateEnum
CREATE TYPE "sync_purpose" AS ENUM ('SYNC', 'BACKFILL', 'DRY_RUN', 'RECONCILE', 'REPAIR', 'REPLAY');

-- CreateEnum
CREATE TYPE "held_cause" AS ENUM ('MISSING', 'FIELD_VANISHED');

-- CreateEnum
CREATE TYPE "mapping_treatment" AS ENUM ('LEAVE_EMPTY', 'AS_TEXT', 'READ_FROM');

-- CreateEnum
CREATE TYPE "webhook_state" AS ENUM ('NONE', 'PENDING', 'SENT', 'FAILED');

-- AlterTable
ALTER TABLE "sync_logs"
    ADD COLUMN "purpose" "sync_purpose" NOT NULL DEFAULT 'SYNC',
    ADD COLUMN "range_from" DATE,
    ADD COLUMN "range_to" DATE,
    ADD COLUMN "held_cause" "held_cause",
    ADD COLUMN "fault" TEXT,
    ADD COLUMN "lanes" JSONB,
    ADD COLUMN "preview" JSONB;
UPDATE "sync_logs" SET "held_cause" = 'MISSING' WHERE "status" = 'HELD';

-- AlterTable
ALTER TABLE "sync_quarantine"
    ADD COLUMN "times_tried" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "last_tried_at" TIMESTAMPTZ(6),
    ADD COLUMN "resolved_by_name" TEXT;

-- CreateTable
CREATE TABLE "sync_targets" (
    "id" BIGSERIAL NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "remote_id" BIGINT,
    "remote_number" TEXT,
    "quarantine_id" BIGINT,
    "outcome" TEXT,
    "message" TEXT,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "sync_targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_previews" (
    "id" BIGSERIAL NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "remote_id" BIGINT,
    "remote_number" TEXT,
    "name" TEXT,
    "kind" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "repaired_by" BIGINT,

    CONSTRAINT "sync_previews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_groups" (
    "sync_log_id" BIGINT NOT NULL,
    "crm_status" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "source_count" BIGINT NOT NULL DEFAULT 0,
    "source_checksum" DECIMAL NOT NULL DEFAULT 0,
    "copy_count" BIGINT NOT NULL DEFAULT 0,
    "copy_checksum" DECIMAL NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_groups_pkey" PRIMARY KEY ("sync_log_id","crm_status","month")
);

-- CreateTable
CREATE TABLE "missing_opportunities" (
    "opportunity_id" BIGINT NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "missed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_not_found_at" TIMESTAMPTZ(6),
    "checked_at" TIMESTAMPTZ(6),

    CONSTRAINT "missing_opportunities_pkey" PRIMARY KEY ("opportunity_id")
);

-- CreateTable
CREATE TABLE "mapping_rules" (
    "id" BIGSERIAL NOT NULL,
    "field" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "treatment" "mapping_treatment" NOT NULL,
    "source" TEXT,
    "reason" TEXT NOT NULL,
    "created_by" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_by_name" TEXT,

    CONSTRAINT "mapping_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crm_attributes" (
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "queryable" BOOLEAN NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "vanished_at" TIMESTAMPTZ(6),

    CONSTRAINT "crm_attributes_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "crm_attribute_changes" (
    "id" BIGSERIAL NOT NULL,
    "sync_log_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "crm_attribute_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watermark_changes" (
    "id" BIGSERIAL NOT NULL,
    "watermark" TIMESTAMPTZ(6) NOT NULL,
    "previous" TIMESTAMPTZ(6) NOT NULL,
    "after_run" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" UUID,
    "set_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watermark_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_alerts" (
    "id" BIGSERIAL NOT NULL,
    "state" TEXT NOT NULL,
    "previous" TEXT,
    "message" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "webhook" "webhook_state" NOT NULL DEFAULT 'NONE',
    "webhook_error" TEXT,

    CONSTRAINT "sync_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sync_targets_sync_log_id_id_idx" ON "sync_targets"("sync_log_id", "id");

-- CreateIndex
CREATE INDEX "sync_previews_sync_log_id_kind_id_idx" ON "sync_previews"("sync_log_id", "kind", "id");

-- CreateIndex
CREATE INDEX "crm_attribute_changes_sync_log_id_idx" ON "crm_attribute_changes"("sync_log_id");

-- AddForeignKey
ALTER TABLE "sync_targets" ADD CONSTRAINT "sync_targets_sync_log_id_fkey" FOREIGN KEY ("sync_log_id") REFERENCES "sync_logs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_previews" ADD CONSTRAINT "sync_previews_sync_log_id_fkey" FOREIGN KEY ("sync_log_id") REFERENCES "sync_logs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_groups" ADD CONSTRAINT "reconciliation_groups_sync_log_id_fkey" FOREIGN KEY ("sync_log_id") REFERENCES "sync_logs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "missing_opportunities" ADD CONSTRAINT "missing_opportunities_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on: what the Prisma schema cannot say.

-- A held run says what it waits for, and no other run does.
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_held_for"
  CHECK ("status" <> 'HELD' OR "held_cause" IS NOT NULL);

-- One treatment in force for each field and cause.
CREATE UNIQUE INDEX "mapping_rules_in_force" ON "mapping_rules" ("field", "cause") WHERE "withdrawn_at" IS NULL;
