-- CreateTable
CREATE TABLE "crm_descriptions" (
    "sync_log_id" BIGINT NOT NULL,
    "read_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attributes" INTEGER,
    "problem" TEXT,

    CONSTRAINT "crm_descriptions_pkey" PRIMARY KEY ("sync_log_id")
);
