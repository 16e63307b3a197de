import type { Freshness } from '#app/domain/freshness.ts';
import type { SyncPurpose } from '#app/domain/sync.ts';

/** What the stream says of the sync: enough to draw progress, and to know when to ask for more. */
export interface SyncSignal {
  /** Differs whenever a page that shows freshness or runs is out of date. */
  version: string;
  running: Progress | null;
}

export interface Progress {
  id: string;
  syncType: 'FULL' | 'INCREMENTAL';
  purpose: SyncPurpose;
  totalFetched: number;
  newRecords: number;
  updatedRecords: number;
  unchangedRecords: number;
  failedRecords: number;
  cancelRequested: boolean;
  waiting: string | null;
}

/** The signal for a state of the sync. Counts are not part of the version: they change every second. */
export function syncSignal({ state, lastGood, note, running }: Freshness): SyncSignal {
  const version = [state, note, lastGood?.toISOString(), running?.id, running?.cancelRequested];
  return { version: version.map(String).join('|'), running: running && progressOf(running) };
}

function progressOf(run: Progress): Progress {
  return {
    id: run.id,
    syncType: run.syncType,
    purpose: run.purpose,
    totalFetched: run.totalFetched,
    newRecords: run.newRecords,
    updatedRecords: run.updatedRecords,
    unchangedRecords: run.unchangedRecords,
    failedRecords: run.failedRecords,
    cancelRequested: run.cancelRequested,
    waiting: run.waiting,
  };
}
