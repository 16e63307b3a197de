import { formatCount, plural } from '#app/lib/format.ts';
import type { TargetOutcome } from '#app/domain/sync.ts';
import type { SyncTarget, SyncTargets } from '#app/models/sync-target.server.ts';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';

const outcomes: Record<TargetOutcome, { name: string; tone: Tone }> = {
  ADDED: { name: 'New', tone: 'good' },
  UPDATED: { name: 'Updated', tone: 'good' },
  UNCHANGED: { name: 'Unchanged', tone: 'neutral' },
  NOT_FOUND: { name: 'Not in the CRM', tone: 'warning' },
  QUARANTINED: { name: 'Still in quarantine', tone: 'warning' },
  FAILED: { name: 'Failed', tone: 'bad' },
};

/** What came of every record a repair or a replay went to, what went wrong first. */
export function TargetResults({ targets }: { targets: SyncTargets }) {
  const { shown, total, counts } = targets;
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = [
    ...Object.entries(outcomes).flatMap(([outcome, { name }]) => {
      const count = counts[outcome as TargetOutcome];
      return count ? [`${formatCount(count)} ${name.charAt(0).toLowerCase()}${name.slice(1)}`] : [];
    }),
    ...(done < total ? [`${formatCount(total - done)} to come`] : []),
  ];
  return (
    <Card title={`What came of ${plural(total, 'record')}`} flush>
      <p className="border-b px-4 py-2.5 text-muted">{parts.join(' · ')}</p>
      <Table caption="The records the run went to">
        <thead>
          <tr className="bg-sunken/50">
            <Th>Record</Th>
            <Th>Outcome</Th>
            <Th>More</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((target) => (
            <TargetRow key={target.id} target={target} />
          ))}
        </tbody>
      </Table>
      {shown.length < total ? (
        <p className="border-t px-4 py-2.5 text-xs text-muted">
          {formatCount(shown.length)} of {formatCount(total)} are shown, what went wrong first.
        </p>
      ) : null}
    </Card>
  );
}

function TargetRow({ target }: { target: SyncTarget }) {
  const { outcome, remoteNumber, remoteId, message } = target;
  const look = outcome && outcomes[outcome];
  return (
    <Tr>
      <Td label="Record" className="break-all">
        <bdi>{remoteNumber ?? remoteId ?? 'no id'}</bdi>
      </Td>
      <Td label="Outcome">
        {look ? (
          <Badge tone={look.tone}>{look.name}</Badge>
        ) : (
          <span className="text-muted">to come</span>
        )}
      </Td>
      <Td label="More" className="break-words">
        {message}
      </Td>
    </Tr>
  );
}
