import type { ClientBase } from 'pg';
import { reasonToHold } from '#app/domain/sync.ts';
import { markStale } from '#app/models/stale-mark.server.ts';
import { queryOf } from './query.ts';
import type { LeasedRun } from './run.ts';
import { noteMissing } from './statements.ts';

/**
 * Decides about everything a complete sweep did not see: marked gone, or kept as a list for a person
 * when it is more than a sweep may mark by itself. Older held lists are out of date by now.
 */
export async function settleSweep(
  client: ClientBase,
  run: LeasedRun,
  fetched: number,
): Promise<{ held: string | null; removed: number }> {
  await client.query(noteMissing, [run.id, (run.cursor ?? 0n).toString(), null, []]);
  await spareQuarantined(client, run);
  await dropOlderHeld(client, run);
  const { rows } = await client.query<{ missing: number; live: number }>(
    `SELECT (SELECT count(*)::int FROM sync_missing WHERE sync_log_id = $1) AS missing,
       (SELECT count(*)::int FROM opportunities WHERE gone_since IS NULL) AS live`,
    [run.id],
  );
  const held = reasonToHold({ ...rows[0]!, fetched });
  return held ? { held, removed: 0 } : { held: null, removed: await markGone(client, run.id) };
}

/** Marks what the run has listed as missing, with its history. Returns how many rows were marked. */
async function markGone(client: ClientBase, runId: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `WITH marked AS (
       UPDATE opportunities SET gone_since = now(), last_sync_log_id = $1, last_synced_at = now()
       WHERE gone_since IS NULL AND id IN (SELECT opportunity_id FROM sync_missing WHERE sync_log_id = $1)
       RETURNING id
     ), changes AS (
       INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind) SELECT id, $1, 'GONE' FROM marked
     )
     SELECT id::text FROM marked`,
    [runId],
  );
  await client.query('DELETE FROM sync_missing WHERE sync_log_id = $1', [runId]);
  const ids = rows.map(({ id }) => id);
  await markStale(queryOf(client), ids, runId);
  return ids.length;
}

/** A record may come without its OptyId; its number says that it is there all the same. */
async function spareQuarantined(client: ClientBase, run: LeasedRun): Promise<void> {
  await client.query(
    `DELETE FROM sync_missing m USING opportunities o, sync_quarantine q
     WHERE m.sync_log_id = $1 AND m.opportunity_id = o.id AND q.last_sync_log_id = $1
       AND (q.resolved_at IS NULL OR q.resolution = 'DISCARDED') AND q.remote_number = o.remote_number`,
    [run.id],
  );
}

async function dropOlderHeld(client: ClientBase, run: LeasedRun): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE sync_logs SET status = 'CANCELLED', error_message = $2
     WHERE status = 'HELD' AND id <> $1 RETURNING id`,
    [run.id, `Held for a person until sync run ${run.id} swept again. Nothing was marked gone.`],
  );
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await client.query('DELETE FROM sync_missing WHERE sync_log_id = ANY ($1::bigint[])', [ids]);
}
