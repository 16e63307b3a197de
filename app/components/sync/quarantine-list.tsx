import { Link } from '@remix-run/react';
import { plural } from '#app/lib/format.ts';
import type { QuarantinedRecord } from '#app/models/sync-quarantine.server.ts';
import { Moment } from '#app/components/time.tsx';
import { RedactedPayload } from './redacted-payload.tsx';

/**
 * Records that could not be applied, each with the cause and, folded away, what was sent. With `chosen` each
 * can be ticked for the form around it, and what all of them have in common is left out.
 */
export function QuarantineList({
  records,
  chosen,
}: {
  records: QuarantinedRecord[];
  /** Ids that are ticked. */
  chosen?: readonly string[];
}) {
  return (
    <ul className="divide-y">
      {records.map((record) => (
        <li key={record.id} className="grid gap-1.5 px-4 py-3">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            {chosen ? (
              <Choice record={record} chosen={chosen.includes(record.id)} />
            ) : (
              <>
                <strong className="font-semibold">{record.causeName}</strong>
                {record.field ? <code className="font-mono text-xs">{record.field}</code> : null}
              </>
            )}
            <span className="text-xs text-muted md:ml-auto">
              {chosen ? null : `${nameOf(record)} · `}
              {record.timesSeen > 1 ? `seen ${record.timesSeen} times, last ` : 'seen '}
              <Moment at={record.lastSeenAt} />
              {record.timesTried > 0 ? ` · tried ${plural(record.timesTried, 'time')}` : ''}
              {' · '}
              <Link to={`/sync/runs/${record.runId}`} className="link">
                run {record.runId}
              </Link>
            </span>
          </div>
          <p className="break-words">{record.message}</p>
          <RedactedPayload record={record.record} />
        </li>
      ))}
    </ul>
  );
}

function Choice({ record, chosen }: { record: QuarantinedRecord; chosen: boolean }) {
  return (
    <label className="flex min-w-0 items-center gap-2 font-semibold">
      <input
        type="checkbox"
        name="record"
        value={record.id}
        defaultChecked={chosen}
        className="size-4 shrink-0 accent-accent"
      />
      <bdi className="min-w-0 break-all">{nameOf(record)}</bdi>
    </label>
  );
}

function nameOf({ remoteNumber, remoteId }: QuarantinedRecord): string {
  return remoteNumber ?? remoteId ?? 'no id';
}
