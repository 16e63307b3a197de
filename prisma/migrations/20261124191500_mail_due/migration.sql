-- When a mail may be tried (again): a claim moves it ahead as a lease, a fault as a pause.
ALTER TABLE "notifications" ADD COLUMN "mail_due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- From here on: what the Prisma schema cannot say.

-- A notice leads to a page of ours and nowhere else.
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_path_own" CHECK ("path" ~ '^/([^/\\]|$)');
