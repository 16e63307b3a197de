import type { ClientBase } from 'pg';
import { reasonToHold } from '#app/domain/sync.ts';
import type { LeasedRun } from './run.ts';
import { noteMissing } from './statements.ts';

/**
 * Decides about everything a complete sweep did not see: missing, to be asked for one by one, or kept as
 * a list for a person when it is more than that could be right about. Older held lists are out of date by
 * now. Answers why it is held, or null.
 */
export async function settleSweep(
  client: ClientBase,
  run: LeasedRun,
  fetched: number,
): Promise<string | null> {
  await client.query(noteMissing, [run.id, (run.cursor ?? 0n).toString(), null, []]);
  await spareQuarantined(client, run);
  await dropOlderHeld(client, run);
  const { rows } = await client.query<{ missing: number; live: number }>(
    `SELECT (SELECT count(*)::int FROM sync_missing WHERE sync_log_id = $1) AS missing,
       (SELECT count(*)::int FROM opportunities WHERE gone_since IS NULL) AS live`,
    [run.id],
  );
  const held = reasonToHold({ ...rows[0]!, fetched });
  if (!held) await keepMissing(client, run);
  return held;
}

/** What was missing before and has been seen by this sweep is missing no longer. */
async function keepMissing(client: ClientBase, run: LeasedRun): Promise<void> {
  await client.query(
    `DELETE FROM missing_opportunities m WHERE NOT EXISTS (
       SELECT FROM sync_missing s WHERE s.sync_log_id = $1 AND s.opportunity_id = m.opportunity_id)`,
    [run.id],
  );
  await client.query(
    `INSERT INTO missing_opportunities (opportunity_id, sync_log_id)
     SELECT opportunity_id, sync_log_id FROM sync_missing WHERE sync_log_id = $1
     ON CONFLICT DO NOTHING`,
    [run.id],
  );
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
    `UPDATE sync_logs SET status = 'CANCELLED', error_message = CASE held_cause
       WHEN 'MISSING' THEN $2 || ' Nothing was marked gone.' ELSE $2 || ' Nothing had been read.' END
     WHERE status = 'HELD' AND id <> $1 RETURNING id`,
    [run.id, `Held for a person until sync run ${run.id} read everything again.`],
  );
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await client.query('DELETE FROM sync_missing WHERE sync_log_id = ANY ($1::bigint[])', [ids]);
}
