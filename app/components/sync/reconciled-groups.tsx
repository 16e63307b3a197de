import { clsx } from 'clsx';
import { verdictOf } from '#app/domain/sync-preview.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import { groupWords } from '#app/lib/preview-words.ts';
import type {
  ReconciledGroup,
  ReconciledGroups as Groups,
  Reconciliation,
} from '#app/models/sync-reconciliation.server.ts';
import { NotSet } from '#app/components/crm-value.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Td, Th, Tr } from '#app/components/ui/table.tsx';

/** Counts and checksums by CRM status and month of closing; those that are equal are folded away. */
export function ReconciledGroups({
  reconciliation: { run, counts },
  groups,
}: {
  reconciliation: Reconciliation;
  groups: Groups;
}) {
  const { rows, total, differing } = groups;
  const [apart, same] = [rows.filter((row) => !row.same), rows.filter((row) => row.same)];
  const verdict = verdictOf({
    counts,
    fetched: run.totalFetched,
    unchanged: run.unchangedRecords,
  });
  return (
    <Card flush title={groupWords(groups, verdict)}>
      <p className="border-b px-4 py-2 text-xs text-pretty text-muted">
        Opportunities by CRM status and month of closing: {formatCount(groups.sourceCount)} in the
        CRM, {formatCount(groups.copyCount)} here. The checksum covers every column BQS shows.
      </p>
      {apart.length > 0 ? <GroupTable rows={apart} caption="Groups that differ" /> : null}
      {same.length > 0 ? (
        <details className={clsx(apart.length > 0 && 'border-t')}>
          <summary className="px-4 py-2.5 link">
            {plural(total - differing, 'group that is equal', 'groups that are equal')}
          </summary>
          <GroupTable rows={same} caption="Groups that are equal" />
          {same.length < total - differing ? (
            <p className="border-t px-4 py-2.5 text-xs text-muted">
              The first {formatCount(same.length)} are shown.
            </p>
          ) : null}
        </details>
      ) : null}
    </Card>
  );
}

function GroupTable({ rows, caption }: { rows: ReconciledGroup[]; caption: string }) {
  return (
    // Narrow enough for a phone as it is; stacked, it would push what differs out of sight.
    <table className="w-full border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="bg-sunken/50">
          <Th>CRM status</Th>
          <Th>Closes in</Th>
          <Th align="right">In the CRM</Th>
          <Th align="right">Here</Th>
          <Th className="max-md:hidden">Checksum</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ crmStatus, month, sourceCount, copyCount, same }) => (
          <Tr key={`${crmStatus} ${month}`}>
            <Td label="CRM status">{crmStatus === '' ? <NotSet /> : <bdi>{crmStatus}</bdi>}</Td>
            <Td label="Closes in">{month === '' ? <NotSet /> : month}</Td>
            <Td label="In the CRM" align="right">
              {formatCount(sourceCount)}
            </Td>
            <Td
              label="Here"
              align="right"
              className={clsx(sourceCount !== copyCount && 'font-semibold text-warning')}
            >
              {formatCount(copyCount)}
            </Td>
            <Td label="Checksum" className="max-md:hidden">
              <Badge tone={same ? 'good' : 'warning'}>{same ? 'equal' : 'differs'}</Badge>
            </Td>
          </Tr>
        ))}
      </tbody>
    </table>
  );
}
