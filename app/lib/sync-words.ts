import type { SyncStatus, SyncTrigger, SyncType } from '#app/domain/sync.ts';

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
