ALTER TABLE "comments" ADD COLUMN "form_key" UUID;

CREATE UNIQUE INDEX "comments_opportunity_id_form_key_key" ON "comments"("opportunity_id", "form_key");
