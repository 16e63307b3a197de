import type { SyncPurpose, SyncStatus, SyncTrigger, SyncType } from '#app/domain/sync.ts';

/** How people call what the columns of a sync run hold. */
export const syncTypeNames: Record<SyncType, string> = {
  FULL: 'Full',
  INCREMENTAL: 'Incremental',
};

const syncPurposeNames: Record<SyncPurpose, string> = {
  SYNC: 'Sync',
  BACKFILL: 'Backfill',
  DRY_RUN: 'Dry run',
  RECONCILE: 'Reconciliation',
  REPAIR: 'Repair',
  REPLAY: 'Replay',
};

/** What kind of run it is: the two syncs apart, any other by what it is for. */
export function runKindName(run: { purpose: SyncPurpose; syncType: SyncType }): string {
  if (run.purpose === 'SYNC') return `${syncTypeNames[run.syncType]} sync`;
  const name = syncPurposeNames[run.purpose];
  return run.purpose === 'DRY_RUN' ? `${name}, ${syncTypeNames[run.syncType].toLowerCase()}` : name;
}

export const syncStatusNames: Record<SyncStatus, string> = {
  RUNNING: 'Running',
  SUCCESS: 'Complete',
  PARTIAL: 'Complete, some in quarantine',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  HELD: 'Held',
};

export const syncTriggerNames: Record<SyncTrigger, string> = {
  SCHEDULE: 'Schedule',
  PERSON: 'A person',
  COMMAND: 'Command line',
  START: 'First start',
};
