import { Link } from '@remix-run/react';
import type { SyncRun } from '#app/domain/freshness.ts';
import { changesAddress, type ChangeSection } from '#app/domain/run-address.ts';
import { purposeTraits } from '#app/domain/sync.ts';
import { formatCount, formatDay, formatDuration, plural } from '#app/lib/format.ts';
import { syncTriggerNames } from '#app/lib/sync-words.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

/**
 * What a run counted, when it was, and who asked for it. Its counts are of every practice; they lead to
 * their lists only where those hold as much (`linked`).
 */
export function RunFacts({ run, linked }: { run: SyncRun; linked: boolean }) {
  const counts: [string, number, ChangeSection | null][] = [
    ['Read', run.totalFetched, null],
    ['New', run.newRecords, 'new'],
    ['Updated', run.updatedRecords, 'changed'],
    ['Unchanged', run.unchangedRecords, null],
    ['Quarantined', run.failedRecords, null],
    ['Gone', run.removedRecords, 'gone'],
    ['Back', run.reappearedRecords, 'reappeared'],
  ];
  // What writes nothing counts here only what it read; the rest is in its preview.
  const { writes } = purposeTraits[run.purpose];
  // What a held run reached counts only once it is released.
  const counted = run.status === 'SUCCESS' || run.status === 'PARTIAL';
  const told = counts.filter(([label]) => writes || label === 'Read' || label === 'Unchanged');
  return (
    <section aria-label="What the run did" className="rounded-lg border bg-surface">
      <dl className="grid grid-cols-4 gap-x-4 gap-y-2 p-4 lg:grid-cols-7">
        {told.map(([label, count, show]) => (
          <Stat
            key={label}
            label={label}
            value={
              show && linked && count > 0 ? (
                <Link to={`${changesAddress(run.id, { show })}#changes`} className="link">
                  {formatCount(count)}
                </Link>
              ) : (
                formatCount(count)
              )
            }
          />
        ))}
      </dl>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-2 border-t p-4 lg:grid-cols-4">
        <Fact name="Started">
          <Moment at={run.startedAt} show="seconds" />
        </Fact>
        <Fact name={run.completedAt ? 'Took' : 'Running for'}>
          {run.durationSeconds === null ? (
            <Span from={run.startedAt} />
          ) : (
            formatDuration(run.durationSeconds)
          )}
          {run.attempts > 1 ? `, taken over ${plural(run.attempts - 1, 'time')}` : ''}
        </Fact>
        {run.status === 'RUNNING' ? (
          <Fact name="Worker last heard of">
            {run.heartbeatAt ? (
              <>
                <Span from={run.heartbeatAt} /> ago
              </>
            ) : (
              'not yet'
            )}
          </Fact>
        ) : null}
        <Fact name="Asked for by">{run.requestedBy ?? syncTriggerNames[run.trigger]}</Fact>
        {run.rangeFrom && run.rangeTo ? (
          <Fact name="Days read">
            {formatDay(run.rangeFrom)} to {formatDay(run.rangeTo)}
          </Fact>
        ) : null}
        <Fact name="CRM changes up to">
          {run.watermarkTo && counted ? (
            <Moment at={run.watermarkTo} show="seconds" />
          ) : (
            'not moved'
          )}
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
