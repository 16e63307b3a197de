-- A record that fails is held against those of its fingerprint that were discarded.
CREATE INDEX "sync_quarantine_fingerprint_idx" ON "sync_quarantine"("fingerprint");
