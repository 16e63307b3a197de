import type { SyncRun } from '#app/domain/freshness.ts';
import { formatCount } from '#app/lib/format.ts';
import type { RunChangeCounts } from '#app/models/run-change-counts.server.ts';

/**
 * Accounts for updates that no list shows: the CRM wrote the record differently, a number as text for one.
 * Only for who sees every opportunity, since a run counts those of every practice.
 */
export function WrittenAnew({ run, counts }: { run: SyncRun; counts: RunChangeCounts }) {
  const { moved, gone } = counts.sections;
  const listed = moved - gone;
  const unlisted = run.updatedRecords - listed;
  if (run.status === 'RUNNING' || unlisted <= 0) return null;
  return (
    <p className="px-4 py-2 text-xs text-pretty text-muted">
      {formatCount(unlisted)} {listed > 0 ? 'more ' : ''}
      {unlisted === 1 ? 'was' : 'were'} written anew because the CRM wrote{' '}
      {unlisted === 1 ? 'it' : 'them'} differently; no column BQS shows changed.
    </p>
  );
}
