-- Who acts for whom, in which role and on which days. What is reached is read from the absent person's roles at the time.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE "stand_ins" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "stand_in_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "created_by" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "ended_by_name" TEXT,

    CONSTRAINT "stand_ins_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "stand_ins_days_in_order" CHECK ("from_day" <= "to_day"),
    CONSTRAINT "stand_ins_of_limited_length" CHECK ("to_day" - "from_day" < 92),
    CONSTRAINT "stand_ins_of_another" CHECK ("user_id" <> "stand_in_id"),
    CONSTRAINT "stand_ins_roles" CHECK ("role" <> 'SOLUTION_ARCHITECT'),
    CONSTRAINT "stand_ins_ended_whole" CHECK (("ended_at" IS NULL) = ("ended_by_name" IS NULL)),
    CONSTRAINT "stand_ins_no_double" EXCLUDE USING gist (
        "user_id" WITH =, "stand_in_id" WITH =, "role" WITH =,
        daterange("from_day", "to_day", '[]') WITH &&
    ) WHERE ("ended_at" IS NULL)
);

CREATE INDEX "stand_ins_user_id_idx" ON "stand_ins"("user_id");
CREATE INDEX "stand_ins_stand_in_id_idx" ON "stand_ins"("stand_in_id");

ALTER TABLE "stand_ins" ADD CONSTRAINT "stand_ins_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "stand_ins" ADD CONSTRAINT "stand_ins_stand_in_id_fkey"
    FOREIGN KEY ("stand_in_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- For whom it was done, where that took a mandate; the name beside it then says "A for B".
ALTER TABLE "audit_events" ADD COLUMN "acted_for" UUID;
ALTER TABLE "recommendations" ADD COLUMN "recommended_for" UUID;
ALTER TABLE "decisions" ADD COLUMN "decided_for" UUID;
