import { Link } from '@remix-run/react';
import { countedAs, previewKinds, verdictOf, type Verdict } from '#app/domain/sync-preview.ts';
import { formatCount, formatDuration, plural } from '#app/lib/format.ts';
import { differenceWords, verdictWords } from '#app/lib/preview-words.ts';
import type { Reconciliation } from '#app/models/sync-reconciliation.server.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { type Tone } from '#app/components/ui/badge.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

export const verdictTones: Record<Verdict['state'], Tone> = {
  equal: 'good',
  differs: 'warning',
  'nothing-sent': 'bad',
};

/** What the last comparison says of the copy, when it was, and how far that still holds. */
export function ReconciliationVerdict({
  reconciliation: { run, counts },
  runsSince,
}: {
  reconciliation: Reconciliation;
  runsSince: number;
}) {
  const verdict = verdictOf({
    counts,
    fetched: run.totalFetched,
    unchanged: run.unchangedRecords,
  });
  return (
    <section aria-label="The last comparison" className="grid gap-4">
      <Notice tone={verdictTones[verdict.state]} title={verdictWords(verdict, run.totalFetched)}>
        <p>
          Compared <Moment at={run.startedAt} /> (<Span from={run.startedAt} /> ago)
          {run.durationSeconds === null ? '' : ` in ${formatDuration(run.durationSeconds)}`},{' '}
          <Link to={`/sync/runs/${run.id}`} className="link">
            run {run.id}
          </Link>
          {run.requestedBy ? ` for ${run.requestedBy}` : ''}.
        </p>
        {verdict.state === 'nothing-sent' ? (
          <p>Check what the CRM’s user may see before anything is repaired.</p>
        ) : null}
        {runsSince > 0 ? (
          <p>
            {plural(runsSince, 'run')} may have changed the copy since. Compare again to know how it
            stands now.
          </p>
        ) : null}
      </Notice>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4 xl:grid-cols-8">
        <Stat label="Read from the CRM" value={formatCount(run.totalFetched)} />
        <Stat label="Equal" value={formatCount(verdict.equal)} />
        {previewKinds.map((kind) => (
          <Stat
            key={kind}
            label={differenceWords[kind].name}
            value={formatCount(counts[countedAs[kind]])}
          />
        ))}
      </dl>
    </section>
  );
}
