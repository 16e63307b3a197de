-- That the holder of an opportunity was told of its decision clock, once for each level while it stays in a state.
CREATE TABLE "clock_notices" (
    "opportunity_id" BIGINT NOT NULL,
    "workflow_since" TIMESTAMPTZ(6) NOT NULL,
    "level" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clock_notices_pkey" PRIMARY KEY ("opportunity_id", "workflow_since", "level")
);
