import { Link } from '@remix-run/react';
import { SignedName } from './signed-name.tsx';
import { Moment } from './time.tsx';
import { Table, Td, Th, Tr } from './ui/table.tsx';

export interface AuditRow {
  id: string;
  at: Date;
  kind: string;
  actor: { name: string; to: string };
  subject: { name: string; to: string };
  /** What they did, as a sentence goes on after their name. */
  text: string;
  /** What they wrote with it. */
  quote: string | null;
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
                <SignedName name={event.actor.name} />
              </Link>
            </Td>
            <Td label="About" className="wrap-anywhere">
              <Link to={event.subject.to} className="underline">
                <bdi>{event.subject.name}</bdi>
              </Link>
            </Td>
            <Td label="Details" className="wrap-anywhere">
              <div>
                <p>{event.text}</p>
                {event.quote ? (
                  <p dir="auto" className="whitespace-pre-wrap text-muted">
                    {event.quote}
                  </p>
                ) : null}
              </div>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
