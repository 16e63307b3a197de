import { Link } from '@remix-run/react';
import { verdictOf } from '#app/domain/sync-preview.ts';
import { formatCount, formatDuration } from '#app/lib/format.ts';
import { verdictWords } from '#app/lib/preview-words.ts';
import { syncTriggerNames } from '#app/lib/sync-words.ts';
import type { Reconciliation } from '#app/models/sync-reconciliation.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { verdictTones } from './reconciliation-verdict.tsx';
import { RunBadge } from './run-badge.tsx';

/** The last comparisons, newest first, each with its verdict or why it has none. */
export function ReconciliationTable({ reconciliations }: { reconciliations: Reconciliation[] }) {
  return (
    <Table caption="Reconciliations, newest first">
      <thead>
        <tr className="bg-sunken/50">
          <Th>Started</Th>
          <Th>Verdict</Th>
          <Th>Asked for by</Th>
          <Th align="right">Read</Th>
          <Th align="right">Took</Th>
        </tr>
      </thead>
      <tbody>
        {reconciliations.map(({ run, counts }) => (
          <Tr key={run.id}>
            <Td label="Started" className="whitespace-nowrap">
              <Link to={`/sync/runs/${run.id}`} className="link">
                <Moment at={run.startedAt} />
              </Link>
            </Td>
            <Td label="Verdict">
              <Outcome run={run} counts={counts} />
            </Td>
            <Td label="Asked for by">{run.requestedBy ?? syncTriggerNames[run.trigger]}</Td>
            <Td label="Read" align="right">
              {formatCount(run.totalFetched)}
            </Td>
            <Td label="Took" align="right" className="whitespace-nowrap text-muted">
              {run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Outcome({ run, counts }: Reconciliation) {
  if (run.status !== 'SUCCESS') {
    return (
      <div className="grid justify-items-end gap-1 md:justify-items-start">
        <RunBadge status={run.status} />
        {run.errorMessage ? (
          <span className="line-clamp-2 max-w-80 text-xs text-muted">{run.errorMessage}</span>
        ) : null}
      </div>
    );
  }
  const verdict = verdictOf({
    counts,
    fetched: run.totalFetched,
    unchanged: run.unchangedRecords,
  });
  return (
    <Badge tone={verdictTones[verdict.state]} className="whitespace-normal!">
      {verdictWords(verdict, run.totalFetched)}
    </Badge>
  );
}
