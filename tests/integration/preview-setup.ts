import { pool } from '#app/lib/db.server.ts';
import type { SyncPurpose, SyncType } from '#app/domain/sync.ts';
import { previewSchema, type PreviewKind } from '#app/domain/sync-preview.ts';
import { claimRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';

/** Orders a run of a purpose and carries it out. Returns its row of sync_logs and what it previewed. */
export async function runFor(purpose: SyncPurpose, syncType: SyncType, parts: SyncParts) {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO sync_logs (sync_type, purpose, trigger) VALUES ($1, $2, 'PERSON') RETURNING id`,
    [syncType, purpose],
  );
  return carryOn(rows[0]!.id, parts);
}

/** Carries out the run that waits, or was left behind. */
export async function carryOn(runId: string, parts: SyncParts) {
  const run = await claimRun(pool);
  if (run?.id !== runId) throw new Error(`run ${runId} cannot be claimed`);
  const outcome = await runSync(parts, run);
  return { outcome, runId, ...(await resultOf(runId)) };
}

export async function resultOf(runId: string) {
  const { rows } = await pool.query<Record<string, unknown>>(
    'SELECT * FROM sync_logs WHERE id = $1',
    [runId],
  );
  const log = rows[0]!;
  return { log, preview: previewSchema.parse(log.preview ?? {}) };
}

export interface Previewed {
  remote_id: string | null;
  remote_number: string | null;
  kind: PreviewKind;
  fields: { field: string; before: string | null; after: string | null; message?: string }[];
}

/** What a run listed, in the order of its kinds and identifiers. */
export async function previewed(runId: string): Promise<Previewed[]> {
  const { rows } = await pool.query<Previewed>(
    `SELECT remote_id::text, remote_number, kind, fields FROM sync_previews WHERE sync_log_id = $1
     ORDER BY kind, remote_id, id`,
    [runId],
  );
  return rows;
}

/** Everything a preview must leave as it is, down to where each row lies. */
export async function untouched(): Promise<unknown> {
  const { rows } = await pool.query(
    `SELECT (SELECT json_agg(json_build_array(id, xmin::text, ctid::text) ORDER BY id) FROM opportunities) AS rows,
       (SELECT count(*) FROM opportunity_changes) AS changes,
       (SELECT json_agg(json_build_array(id, xmin::text) ORDER BY id) FROM sync_quarantine) AS quarantine,
       (SELECT json_agg(json_build_array(sync_log_id, opportunity_id) ORDER BY 1, 2) FROM sync_missing) AS unseen,
       (SELECT count(*) FROM missing_opportunities) AS missing,
       (SELECT count(*) FROM stale_marks) AS marks,
       (SELECT count(*) FROM audit_events) AS audit,
       (SELECT max(watermark_to) FROM sync_logs) AS watermark`,
  );
  return rows[0];
}
