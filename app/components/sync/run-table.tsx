import { Link } from '@remix-run/react';
import { formatCount, formatDuration } from '#app/lib/format.ts';
import { runKindName, syncTriggerNames } from '#app/lib/sync-words.ts';
import type { SyncRun } from '#app/domain/freshness.ts';
import { Moment } from '#app/components/time.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { useLiveRun } from './live-run.ts';
import { RunBadge } from './run-badge.tsx';
import { ShortEnding } from './run-ending-notice.tsx';

/** Runs, newest first, each with what it did. */
export function RunTable({ runs }: { runs: SyncRun[] }) {
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

function RunRow({ run: loaded }: { run: SyncRun }) {
  const run = useLiveRun(loaded);
  return (
    <Tr className="hover:bg-sunken/60">
      <Td label="Started" className="whitespace-nowrap">
        <Link to={`/sync/runs/${run.id}`} className="link" prefetch="intent">
          <Moment at={run.startedAt} />
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
        </div>
      </Td>
      <Td label="Asked for by" className="max-md:hidden!">
        {run.requestedBy ?? syncTriggerNames[run.trigger]}
      </Td>
      <Count label="Read" value={run.totalFetched} />
      <Count label="New" value={run.newRecords} />
      <Count label="Updated" value={run.updatedRecords} />
      <Count label="Unchanged" value={run.unchangedRecords} />
      <Count label="Quarantined" value={run.failedRecords} />
      <Count label="Gone" value={run.removedRecords} />
      <Td label="Took" align="right" className="whitespace-nowrap text-muted">
        {run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds)}
      </Td>
    </Tr>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <Td
      label={label}
      align="right"
      className={value === 0 ? 'text-muted max-md:hidden!' : 'font-medium'}
    >
      {formatCount(value)}
    </Td>
  );
}
