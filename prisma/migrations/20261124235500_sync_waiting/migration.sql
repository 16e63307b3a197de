-- AlterTable
ALTER TABLE "sync_logs"
    ADD COLUMN "waiting_for" TEXT,
    ADD COLUMN "waiting_until" TIMESTAMPTZ(6);
