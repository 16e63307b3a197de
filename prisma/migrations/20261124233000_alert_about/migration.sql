-- Which held run people were told of, so that another one is told too.
ALTER TABLE "sync_alerts" ADD COLUMN "about" TEXT;
