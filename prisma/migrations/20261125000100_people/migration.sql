-- CreateEnum
CREATE TYPE "identity_check_outcome" AS ENUM ('DONE', 'HELD', 'FAILED');

-- AlterTable
ALTER TABLE "users"
    ADD COLUMN "invited_at" TIMESTAMPTZ(6),
    ADD COLUMN "invited_by" UUID,
    ADD COLUMN "deactivated_at" TIMESTAMPTZ(6),
    ADD COLUMN "deactivated_by" UUID,
    ADD COLUMN "identity_closed_at" TIMESTAMPTZ(6),
    ADD COLUMN "deleted_at" TIMESTAMPTZ(6),
    ADD COLUMN "identity_checked_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "identity_checks" (
    "id" BIGSERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "completed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requested_by" UUID,
    "outcome" "identity_check_outcome" NOT NULL,
    "counts" JSONB NOT NULL,
    "message" TEXT,

    CONSTRAINT "identity_checks_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_deactivated_by_fkey" FOREIGN KEY ("deactivated_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_checks" ADD CONSTRAINT "identity_checks_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
