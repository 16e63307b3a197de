import { Link } from '@remix-run/react';
import type { QuarantinedRecord } from '#app/models/sync-quarantine.server.ts';
import { Moment } from '#app/components/time.tsx';

/** Records that could not be applied, each with the cause and, folded away, the record as it was sent. */
export function QuarantineList({ records }: { records: QuarantinedRecord[] }) {
  return (
    <ul className="divide-y">
      {records.map((record) => (
        <li key={record.id} className="grid gap-1.5 px-4 py-3">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <strong className="font-semibold">{record.causeName}</strong>
            {record.field ? <code className="font-mono text-xs">{record.field}</code> : null}
            <span className="text-xs text-muted md:ml-auto">
              {record.remoteNumber ?? record.remoteId ?? 'no id'}
              {' · '}
              {record.timesSeen > 1 ? `seen ${record.timesSeen} times, last ` : 'seen '}
              <Moment at={record.lastSeenAt} />
              {' · '}
              <Link to={`/sync/runs/${record.runId}`} className="link">
                run {record.runId}
              </Link>
            </span>
          </div>
          <p className="break-words">{record.message}</p>
          <details>
            <summary className="text-xs link">The record as it was sent</summary>
            <pre
              dir="ltr"
              className="mt-1.5 max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap"
            >
              {record.payload}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
