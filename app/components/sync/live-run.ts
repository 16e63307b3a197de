import type { SyncRun } from '#app/domain/freshness.ts';
import { useLiveSync } from '#app/components/live-sync.tsx';

/** A run with its counts as of a moment ago, where it is the one in progress. */
export function useLiveRun<Run extends SyncRun>(run: Run): Run {
  const live = useLiveSync();
  return live?.id === run.id && run.status === 'RUNNING' ? { ...run, ...live } : run;
}
