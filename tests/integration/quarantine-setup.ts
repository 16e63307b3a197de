import { db, pool } from '#app/lib/db.server.ts';
import { fingerprintOf } from '#jobs/sync/quarantine.ts';

/** A run that has ended, for what refers to one. */
export async function endedRun(): Promise<bigint> {
  const { id } = await db.syncLog.create({
    data: { syncType: 'FULL', status: 'PARTIAL', trigger: 'COMMAND', completedAt: new Date() },
    select: { id: true },
  });
  return id;
}

/** Puts records into the quarantine as a sync would. Returns their ids. */
export async function putInQuarantine(
  records: { remoteId: string | null; cause?: string; field?: string | null; payload?: string }[],
): Promise<string[]> {
  const runId = await endedRun();
  const ids: string[] = [];
  for (const { remoteId, cause = 'not-a-number', field = 'Revenue', payload } of records) {
    const text = payload ?? `{"OptyId":${remoteId},"OptyNumber":"N${remoteId}","Revenue":"lots"}`;
    const { id } = await db.syncQuarantine.create({
      data: {
        syncLogId: runId,
        lastSyncLogId: runId,
        remoteId,
        cause,
        field,
        payload: text,
        remoteNumber: remoteId && `N${remoteId}`,
        message: `${field} is "lots", which is not a number.`,
        fingerprint: fingerprintOf({ remoteId, payload: text }),
      },
      select: { id: true },
    });
    ids.push(id.toString());
  }
  return ids;
}

/** Leaves nothing in quarantine, no rule and no run. */
export async function emptyQuarantine(): Promise<void> {
  await pool.query(
    'TRUNCATE sync_targets, sync_quarantine, mapping_rules, crm_attributes, sync_logs CASCADE',
  );
}
