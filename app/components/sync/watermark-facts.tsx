import { deltaSince, overlapMs } from '#app/domain/sync.ts';
import { formatSpan } from '#app/lib/format.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

/**
 * Where the watermark stands, who set it back if no sync has moved it since, and from where the next sync
 * reads.
 */
export function WatermarkFacts({ at, setBackBy }: { at: Date | null; setBackBy: string | null }) {
  return (
    <section aria-label="Where it stands" className="rounded-lg border bg-surface">
      <dl className="grid gap-x-8 gap-y-4 p-4 sm:grid-cols-3">
        <Stat
          label="Watermark"
          value={at ? <Moment at={at} show="seconds" /> : 'None yet'}
          note={
            at && setBackBy !== null ? (
              <>
                Set back by <bdi>{setBackBy}</bdi>: the next sync reads everything since then again.
                Nothing that is here is lost.
              </>
            ) : at ? (
              <>
                every change in the CRM up to then is here; <Span from={at} /> ago
              </>
            ) : (
              'the first sync that gets through sets it, and is a full one'
            )
          }
        />
        <Stat
          label="Overlap"
          value={formatSpan(overlapMs)}
          note="changes can become visible later than they are stamped"
        />
        <Stat
          label="The next sync reads from"
          value={at ? <Moment at={deltaSince(at)} show="seconds" /> : 'the beginning'}
          note={
            at ? 'and a day more, as the CRM takes only dates, in a time zone of its own' : null
          }
        />
      </dl>
      <div className="border-t px-4 py-2.5">
        <p className="max-w-prose text-xs text-pretty text-muted">
          <strong>Watermark</strong>: up to when the CRM’s changes are surely here.{' '}
          <strong>Overlap</strong>: how far before it the next sync begins to read again, so that
          nothing slips between two syncs. <strong>Sweep</strong>: another word for a full sync,
          which reads everything and so notices what the CRM has no more.
        </p>
      </div>
    </section>
  );
}
