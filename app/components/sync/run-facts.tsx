import type { SyncRun } from '#app/domain/freshness.ts';
import { purposeTraits } from '#app/domain/sync.ts';
import { formatCount, formatDuration, plural } from '#app/lib/format.ts';
import { syncTriggerNames } from '#app/lib/sync-words.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

/** What a run counted, when it was, and who asked for it. */
export function RunFacts({ run }: { run: SyncRun }) {
  const counts: [string, number][] = [
    ['Read', run.totalFetched],
    ['New', run.newRecords],
    ['Updated', run.updatedRecords],
    ['Unchanged', run.unchangedRecords],
    ['Quarantined', run.failedRecords],
    ['Gone', run.removedRecords],
    ['Back', run.reappearedRecords],
  ];
  // What writes nothing counts here only what it read; the rest is in its preview.
  const { writes } = purposeTraits[run.purpose];
  const told = counts.filter(([label]) => writes || label === 'Read' || label === 'Unchanged');
  return (
    <section aria-label="What the run did" className="rounded-lg border bg-surface">
      <dl className="grid grid-cols-3 gap-4 p-4 sm:grid-cols-4 lg:grid-cols-7">
        {told.map(([label, count]) => (
          <Stat key={label} label={label} value={formatCount(count)} />
        ))}
      </dl>
      <dl className="grid gap-x-8 gap-y-2 border-t p-4 sm:grid-cols-2 lg:grid-cols-4">
        <Fact name="Started">
          <Moment at={run.startedAt} show="seconds" />
        </Fact>
        <Fact name={run.completedAt ? 'Took' : 'Running for'}>
          {run.durationSeconds === null ? (
            <Span from={run.startedAt} />
          ) : (
            formatDuration(run.durationSeconds)
          )}
          {run.attempts > 1 ? `, in ${plural(run.attempts, 'attempt')}` : ''}
        </Fact>
        <Fact name="Asked for by">{run.requestedBy ?? syncTriggerNames[run.trigger]}</Fact>
        <Fact name="CRM changes up to">
          {run.watermarkTo ? <Moment at={run.watermarkTo} show="seconds" /> : 'not moved'}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
