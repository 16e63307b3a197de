import { Link } from '@remix-run/react';
import { Moment } from './time.tsx';
import { Table, Td, Th, Tr } from './ui/table.tsx';

export interface AuditRow {
  id: string;
  at: Date;
  kind: string;
  actor: { name: string; to: string };
  subject: { name: string; to: string };
  details: { label: string; value: string }[];
}

/** Audit events, the newest first; names lead to everything of the same person or subject. */
export function AuditTable({ events }: { events: AuditRow[] }) {
  return (
    <Table caption="Audit events, the newest first">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>What</Th>
          <Th>Who</Th>
          <Th>About</Th>
          <Th>Details</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td label="When" className="whitespace-nowrap">
              <Moment at={event.at} show="seconds" />
            </Td>
            <Td label="What">{event.kind}</Td>
            <Td label="Who" className="wrap-anywhere">
              <Link to={event.actor.to} className="underline">
                {event.actor.name}
              </Link>
            </Td>
            <Td label="About" className="wrap-anywhere">
              <Link to={event.subject.to} className="underline">
                {event.subject.name}
              </Link>
            </Td>
            <Td label="Details" className="wrap-anywhere">
              <Details pairs={event.details} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Details({ pairs }: { pairs: AuditRow['details'] }) {
  if (pairs.length === 0) return <span className="text-muted">none</span>;
  return (
    <dl className="flex flex-wrap gap-x-4">
      {pairs.map(({ label, value }) => (
        <div key={label} className="flex gap-1">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
