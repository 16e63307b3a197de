import { deltaSince, overlapMs } from '#app/domain/sync.ts';
import { formatSpan } from '#app/lib/format.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

/** Where the watermark stands, and from where the next delta reads. */
export function WatermarkFacts({ at }: { at: Date | null }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 sm:grid-cols-3">
      <Stat
        label="Watermark"
        value={at ? <Moment at={at} show="seconds" /> : 'None yet'}
        note={
          at ? (
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
        label="The next delta reads from"
        value={at ? <Moment at={deltaSince(at)} show="seconds" /> : 'the beginning'}
        note={at ? 'and a day more, as the CRM takes only dates, in a time zone of its own' : null}
      />
    </dl>
  );
}
