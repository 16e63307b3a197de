import { Link } from '@remix-run/react';
import { syncTypeNames } from '#app/lib/sync-words.ts';
import type { WatermarkMove } from '#app/models/watermark.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';

/** What moved the watermark: runs on, people back. */
export function WatermarkHistory({ moves }: { moves: WatermarkMove[] }) {
  if (moves.length === 0) {
    return (
      <Card title="History">
        <EmptyState title="It has not moved yet.">
          The first sync that gets through sets it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="History" flush className="md:overflow-x-auto">
      <Table caption="Moves of the watermark, newest first">
        <thead>
          <tr className="bg-sunken/50">
            <Th>When</Th>
            <Th>From</Th>
            <Th>To</Th>
            <Th>By</Th>
            <Th>Why</Th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <Move key={`${move.run ? 'run' : 'person'} ${move.id}`} move={move} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Move({ move: { at, from, to, run, by, reason, overruled } }: { move: WatermarkMove }) {
  return (
    <Tr className={run ? undefined : 'bg-warning-soft/40'}>
      <Td label="When" className="whitespace-nowrap">
        <Moment at={at} />
      </Td>
      <Td label="From" className="whitespace-nowrap text-muted">
        {from ? <Moment at={from} show="seconds" /> : 'none'}
      </Td>
      <Td label="To" className="whitespace-nowrap">
        <Moment at={to} show="seconds" />
      </Td>
      <Td label="By" className="md:whitespace-nowrap">
        {run ? (
          <Link to={`/sync/runs/${run.id}`} className="link">
            Run {run.id}, {syncTypeNames[run.syncType].toLowerCase()}
          </Link>
        ) : (
          <bdi>{by}</bdi>
        )}
      </Td>
      <Td label="Why" className="min-w-40">
        {overruled ? (
          <span className="grid justify-items-end gap-1 md:justify-items-start">
            <Badge>Does not count</Badge>
            <span className="text-xs text-muted">
              It was running when the watermark was set back.
            </span>
          </span>
        ) : run ? (
          <span className="text-muted">Everything up to then was read</span>
        ) : (
          <span className="wrap-anywhere">Set back: {reason}</span>
        )}
      </Td>
    </Tr>
  );
}
