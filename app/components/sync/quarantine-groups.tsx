import { Link } from '@remix-run/react';
import { formatCount } from '#app/lib/format.ts';
import { quarantineGroupPath } from '#app/lib/quarantine-path.ts';
import type { QuarantineGroup } from '#app/models/quarantine-group.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';

/** What is in quarantine by cause and field. Whoever may not see records sees neither sample nor way in. */
export function QuarantineGroups({
  groups,
  open,
}: {
  groups: QuarantineGroup[];
  /** Whether the records may be looked at. */
  open: boolean;
}) {
  return (
    <Table caption="Records in quarantine by cause and field">
      <thead>
        <tr className="bg-sunken/50">
          <Th>Cause</Th>
          <Th>Field</Th>
          <Th align="right">Records</Th>
          <Th>First seen</Th>
          <Th>Last seen</Th>
          <Th align="right">Tried</Th>
          {open ? <Th>For example</Th> : null}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Tr key={`${group.cause} ${group.field}`} className="hover:bg-sunken/60">
            <Td label="Cause" className="whitespace-nowrap">
              {open ? (
                <Link to={quarantineGroupPath(group)} className="link" prefetch="intent">
                  {group.causeName}
                </Link>
              ) : (
                group.causeName
              )}
            </Td>
            <Td label="Field">
              {group.field === null ? (
                <span className="text-muted">the whole record</span>
              ) : (
                <code className="font-mono text-xs break-all">{group.field}</code>
              )}
            </Td>
            <Td label="Records" align="right" className="font-medium">
              {formatCount(group.records)}
            </Td>
            <Td label="First seen" className="whitespace-nowrap">
              <Moment at={group.firstSeenAt} />
            </Td>
            <Td label="Last seen" className="whitespace-nowrap">
              <Moment at={group.lastSeenAt} />
            </Td>
            <Td
              label="Tried"
              align="right"
              className={group.timesTried === 0 ? 'text-muted' : undefined}
            >
              {formatCount(group.timesTried)}
            </Td>
            {open ? (
              <Td label="For example" className="md:max-w-96">
                <span className="break-words md:line-clamp-2">{group.sample}</span>
              </Td>
            ) : null}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
