import { Form } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { holderNames, roleNames } from '#app/domain/roles.ts';
import { formatDay } from '#app/lib/format.ts';
import type { StandIn } from '#app/models/stand-in.server.ts';

/** Stand-ins, one a row. Those that are open can be ended. */
export function StandInTable({
  caption,
  rows,
  today,
}: {
  caption: string;
  rows: StandIn[];
  today: string;
}) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>Away</Th>
          <Th>Stands in</Th>
          <Th>Days</Th>
          <Th>State</Th>
          <Th>Named by</Th>
          <Th align="right">
            <span className="sr-only">Action</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td label="Away">
              <div className="grid">
                <bdi className="font-medium wrap-anywhere">{row.absent.name}</bdi>
                <span className="text-xs text-muted">{roleNames[row.role]}</span>
              </div>
            </Td>
            <Td label="Stands in">
              <bdi className="wrap-anywhere">{row.standIn.name}</bdi>
            </Td>
            <Td label="Days">
              {formatDay(row.from)} to {formatDay(row.to)}
            </Td>
            <Td label="State">
              <State row={row} today={today} />
            </Td>
            <Td label="Named by">
              <div className="grid">
                <bdi className="wrap-anywhere">{row.createdBy}</bdi>
                <span className="text-xs text-muted">
                  <Moment at={row.createdAt} />
                </span>
              </div>
            </Td>
            <Td align="right">
              <End row={row} today={today} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function isOpen({ ended, to }: StandIn, today: string): boolean {
  return ended === null && to >= today;
}

function State({ row, today }: { row: StandIn; today: string }) {
  if (row.ended) {
    return (
      <span className="text-muted">
        ended by <bdi>{row.ended.by}</bdi>, <Moment at={row.ended.at} />
      </span>
    );
  }
  if (row.to < today) return <span className="text-muted">over</span>;
  if (row.void) {
    const whose = row.void === 'role-lost' ? row.absent.name : row.standIn.name;
    const lost = row.void === 'role-lost' ? `a ${holderNames[row.role]}` : 'in any role';
    return (
      <div className="grid justify-items-start gap-0.5 max-md:justify-items-end">
        <Badge tone="warning">gives nothing</Badge>
        <span className="text-xs text-muted">
          <bdi>{whose}</bdi> is not {lost} any more
        </span>
      </div>
    );
  }
  if (row.from > today) return <Badge>from {formatDay(row.from)}</Badge>;
  return <Badge tone="good">now</Badge>;
}

function End({ row, today }: { row: StandIn; today: string }) {
  if (!isOpen(row, today)) return null;
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="end" />
      <input type="hidden" name="id" value={row.id} />
      <Button size="small" aria-label={`End: ${row.standIn.name} stands in for ${row.absent.name}`}>
        {row.from > today ? 'Cancel' : 'End now'}
      </Button>
    </Form>
  );
}
