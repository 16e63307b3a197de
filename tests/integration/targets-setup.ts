import { expect } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { requestSync, type SyncTargetInput } from '#app/services/request-sync.server.ts';
import { claimRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';

/** Who orders the runs. */
export async function createManager() {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO users (ory_identity_id, name) VALUES (gen_random_uuid(), 'Mona Manager') RETURNING id`,
  );
  return { id: rows[0]!.id, name: 'Mona Manager' };
}

/** Orders a run that goes to these targets. Returns its id. */
export async function orderTargets(
  actor: { id: string; name: string },
  purpose: 'REPAIR' | 'REPLAY',
  targets: Partial<SyncTargetInput>[],
) {
  const asked = await requestSync({
    mode: 'INCREMENTAL',
    purpose,
    actor,
    targets: targets.map((target) => ({
      remoteId: null,
      remoteNumber: null,
      quarantineId: null,
      ...target,
    })),
  });
  if (!asked.ok) throw new Error('a run was left behind');
  return asked.runId;
}

/** Carries the ordered run out; what came of it and of each target. */
export async function carryOutTargets(runId: string, parts: SyncParts) {
  const run = await claimRun(pool);
  expect(run?.id).toBe(runId);
  const outcome = await runSync(parts, run!);
  const logs = await pool.query<Record<string, unknown>>('SELECT * FROM sync_logs WHERE id = $1', [
    runId,
  ]);
  const targets = await pool.query<{ outcome: string | null; message: string | null }>(
    'SELECT outcome, message FROM sync_targets WHERE sync_log_id = $1 ORDER BY id',
    [runId],
  );
  return { outcome, log: logs.rows[0]!, targets: targets.rows };
}

/** Puts a record into quarantine as a text. */
export async function quarantined(text: string, remoteId: string | null = null) {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO sync_quarantine (sync_log_id, last_sync_log_id, remote_id, cause, field, message,
       payload, fingerprint)
     SELECT max(id), max(id), $2, 'not-a-number', 'Revenue', 'Revenue is no number.', $1,
       coalesce('OptyId ' || $2, 'payload ' || md5($1)) FROM sync_logs RETURNING id`,
    [text, remoteId],
  );
  return BigInt(rows[0]!.id);
}

export const kept = async (id: bigint) =>
  (await pool.query<Record<string, unknown>>('SELECT * FROM sync_quarantine WHERE id = $1', [id]))
    .rows[0]!;
