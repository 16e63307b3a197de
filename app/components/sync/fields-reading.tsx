import { Link } from '@remix-run/react';
import type { FieldRow } from '#app/domain/field-view.ts';
import { formatCount } from '#app/lib/format.ts';
import type { DescriptionRead } from '#app/models/crm-attribute.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

interface Props {
  reads: { last: DescriptionRead | null; good: DescriptionRead | null };
  rows: FieldRow[];
  /** How many fields the CRM lists. */
  listed: number;
}

/** When the CRM's list of fields was read, and what to make of it where it was not. */
export function FieldsReading({ reads, rows, listed }: Props) {
  const { last, good } = reads;
  const fed = rows.filter(({ state }) => state === 'described' || state === 'replaced').length;
  return (
    <>
      {last?.problem ? (
        <Notice
          tone="warning"
          title={`Run ${last.runId} could not check the fields: ${last.problem}`}
        >
          The sync itself goes on: it looks at its pages instead, and keeps what we have of a field
          that is missing in them. If this stays, let our user read the list of fields in the CRM.
        </Notice>
      ) : null}
      {last ? null : (
        <Notice tone="info" title="The CRM’s list of fields has not been read yet">
          A full sync reads it before its first page. What it finds is the baseline.
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4">
        <Stat
          label="List of fields read"
          value={good ? <Moment at={good.at} /> : '–'}
          note={
            good ? (
              <Link to={`/sync/runs/${good.runId}`} className="link">{`run ${good.runId}`}</Link>
            ) : null
          }
        />
        <Stat label="Fields in the CRM" value={formatCount(listed)} />
        <Stat label="Fields fed" value={`${fed} of ${rows.length}`} />
        <Stat
          label="Vanished"
          value={formatCount(rows.filter(({ state }) => state === 'vanished').length)}
          note="of those the sync reads"
        />
      </dl>
    </>
  );
}

/** For those who may not decide, or where nothing is left to decide. */
export function HeldForFields({ runId }: { runId: string }) {
  return (
    <Notice tone="warning" title={`Run ${runId} is held because a field vanished`}>
      Nothing was overwritten. A manager can decide here how to go on; if the CRM shows the field
      again, the next full sync runs by itself.
    </Notice>
  );
}
