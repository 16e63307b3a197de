import type { SyncPurpose, SyncStatus, SyncTrigger, SyncType } from '#app/domain/sync.ts';

/** How people call what the columns of a sync run hold. */
export const syncTypeNames: Record<SyncType, string> = {
  FULL: 'Full',
  INCREMENTAL: 'Incremental',
};

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

export const syncPurposeNames: Record<SyncPurpose, string> = {
  SYNC: 'Sync',
  BACKFILL: 'Backfill',
  DRY_RUN: 'Dry run',
  RECONCILE: 'Reconciliation',
  REPAIR: 'Repair',
  REPLAY: 'Replay',
};

/** What a run is, in a word or two: a sync by how much it reads, every other by what it is for. */
export function runKindName({
  purpose,
  syncType,
}: {
  purpose: SyncPurpose;
  syncType: SyncType;
}): string {
  if (purpose === 'SYNC') return syncTypeNames[syncType];
  const name = syncPurposeNames[purpose];
  return purpose === 'DRY_RUN' ? `${name}, ${syncTypeNames[syncType].toLowerCase()}` : name;
}
