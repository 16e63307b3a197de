import type { Progress } from '#app/lib/sync-signal.ts';
import { formatCount } from '#app/lib/format.ts';
import { runKindName } from '#app/lib/sync-words.ts';

/** What a running sync has done so far. Announced politely, which a screen reader may skip. */
export function SyncProgress({ progress }: { progress: Progress }) {
  const counts: [number, string][] = [
    [progress.totalFetched, 'read'],
    [progress.newRecords, 'new'],
    [progress.updatedRecords, 'updated'],
    [progress.unchangedRecords, 'unchanged'],
    [progress.failedRecords, 'quarantined'],
  ];
  return (
    <p className="flex flex-wrap gap-x-3" data-sync-progress={progress.id}>
      <span className="font-medium text-info">
        {progress.cancelRequested ? 'Stopping' : 'Running'}: {runKindName(progress).toLowerCase()}
      </span>
      {counts
        .filter(([count], at) => at === 0 || count > 0)
        .map(([count, what]) => (
          <span key={what}>
            <strong className="font-semibold">{formatCount(count)}</strong> {what}
          </span>
        ))}
    </p>
  );
}
