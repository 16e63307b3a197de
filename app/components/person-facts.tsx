import type { ReactNode } from 'react';
import { Moment } from './time.tsx';
import { Badge } from './ui/badge.tsx';

export interface ShownPerson {
  email: string | null;
  emailVerified: boolean;
  roles: string[];
  practices: string[];
  createdAt: Date;
  lastSeenAt: Date | null;
  invitedAt: Date | null;
  invitedBy: string | null;
  deactivatedAt: Date | null;
  deactivatedBy: string | null;
  identityClosedAt: Date | null;
  identityCheckedAt: Date | null;
  deletedAt: Date | null;
}

/** What BQS knows of a person, a line a fact. */
export function PersonFacts({ person }: { person: ShownPerson }) {
  const off = person.deactivatedAt !== null || person.deletedAt !== null;
  const facts: [string, ReactNode][] = [
    ['E-mail', <Email key="email" person={person} />],
    [off ? 'Roles, which do not count' : 'Roles', person.roles.join(', ') || 'none'],
    ['Practices', person.practices.join(', ') || 'none'],
    ['In BQS since', <Moment key="since" at={person.createdAt} show="day" />],
    ['Last seen', <Instant key="seen" at={person.lastSeenAt} />],
  ];
  if (person.invitedAt) {
    facts.push(['Invited', <By key="invited" at={person.invitedAt} by={person.invitedBy} />]);
  }
  if (person.deactivatedAt) {
    const by = person.deactivatedBy ?? 'Ory, where the identity was switched off';
    facts.push(['Deactivated', <By key="off" at={person.deactivatedAt} by={by} />]);
    const closed = person.identityClosedAt;
    const due = person.deletedAt ? null : 'not yet: it is still due';
    const said = closed ? <Moment key="closed" at={closed} /> : due;
    if (said) facts.push(['Closed in Ory', said]);
  }
  if (person.deletedAt) facts.push(['Gone from Ory', <Moment key="gone" at={person.deletedAt} />]);
  facts.push(['Last found in Ory', <Instant key="checked" at={person.identityCheckedAt} />]);
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[12rem_1fr]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted max-sm:text-xs">{label}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-1.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Email({ person }: { person: ShownPerson }) {
  if (!person.email) return 'none';
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {person.email}
      {person.emailVerified ? null : <Badge tone="warning">not verified</Badge>}
    </span>
  );
}

function Instant({ at }: { at: Date | null }) {
  return at ? <Moment at={at} /> : 'never';
}

function By({ at, by }: { at: Date; by: string | null }) {
  return (
    <>
      <Moment at={at} />
      {by ? ` by ${by}` : ''}
    </>
  );
}
