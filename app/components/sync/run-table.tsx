import { Link } from '@remix-run/react';
import { formatCount, formatDuration } from '#app/lib/format.ts';
import { shortPreview } from '#app/lib/preview-words.ts';
import { runKindName, syncTriggerNames } from '#app/lib/sync-words.ts';
import { purposeTraits } from '#app/domain/sync.ts';
import type { ListedRun } from '#app/models/run-list.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { useLiveRun } from './live-run.ts';
import { RunBadge } from './run-badge.tsx';
import { ShortEnding } from './run-ending-notice.tsx';

/** Runs, newest first, each with what it did. */
export function RunTable({ runs }: { runs: ListedRun[] }) {
  return (
    <Table caption="Sync runs, newest first">
      <thead>
        <tr className="bg-sunken/50">
          <Th>Started</Th>
          <Th>Kind</Th>
          <Th>Outcome</Th>
          <Th>Asked for by</Th>
          <Th align="right">Read</Th>
          <Th align="right">New</Th>
          <Th align="right">Updated</Th>
          <Th align="right">Unchanged</Th>
          <Th align="right">Quarantined</Th>
          <Th align="right">Gone</Th>
          <Th align="right">Took</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run: loaded }: { run: ListedRun }) {
  const run = useLiveRun(loaded);
  // What writes nothing would only show zeros; what it found stands beside how it ended.
  const { writes } = purposeTraits[run.purpose];
  return (
    <Tr className="hover:bg-sunken/60">
      <Td label="Started" className="whitespace-nowrap">
        <Link to={`/sync/runs/${run.id}`} className="link" prefetch="intent">
          <Moment at={run.startedAt} show="seconds" />
        </Link>
      </Td>
      <Td label="Kind" className="whitespace-nowrap">
        {runKindName(run)}
      </Td>
      <Td label="Outcome">
        <div className="grid justify-items-end gap-1 md:justify-items-start">
          <RunBadge status={run.status} />
          <span className="max-w-80 text-xs text-muted empty:hidden max-md:text-right">
            <ShortEnding run={run} />
          </span>
          <span className="max-w-80 text-xs text-muted empty:hidden max-md:text-right">
            <Found run={loaded} />
          </span>
        </div>
      </Td>
      <Td label="Asked for by" className="max-md:hidden!">
        {run.requestedBy ?? syncTriggerNames[run.trigger]}
      </Td>
      <Count label="Read" value={run.totalFetched} />
      <Count label="New" value={writes ? run.newRecords : null} />
      <Count label="Updated" value={writes ? run.updatedRecords : null} />
      <Count label="Unchanged" value={run.unchangedRecords} />
      <Count label="Quarantined" value={writes ? run.failedRecords : null} />
      <Count label="Gone" value={writes ? run.removedRecords : null} />
      <Td label="Took" align="right" className="whitespace-nowrap text-muted">
        {run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds)}
      </Td>
    </Tr>
  );
}

function Found({ run }: { run: ListedRun }) {
  if (!run.preview || run.status === 'RUNNING') return null;
  return (
    <>
      {run.status === 'SUCCESS' ? '' : 'so far: '}
      {shortPreview(run, run.preview)}
    </>
  );
}

function Count({ label, value }: { label: string; value: number | null }) {
  return (
    <Td
      label={label}
      align="right"
      className={!value ? 'text-muted max-md:hidden!' : 'font-medium'}
    >
      {value === null ? '–' : formatCount(value)}
    </Td>
  );
}
