import { Link } from '@remix-run/react';
import { PersonStateBadge } from '#app/components/person-state-badge.tsx';
import { Moment } from '#app/components/time.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import type { AccessLine } from '#app/domain/access.ts';
import { listed } from '#app/domain/listed.ts';
import { permissionWords } from '#app/domain/permission-words.ts';
import type { Grant } from '#app/domain/permissions.ts';
import { formatCount } from '#app/lib/format.ts';
import type { PersonAccess } from '#app/models/access-review.server.ts';
import { GrantName } from './grant-name.tsx';

/** Everybody on the page with what they can do, each role and mandate with what it alone gives. */
export function AccessTable({ people }: { people: PersonAccess[] }) {
  return (
    <Table caption="People with what they can do, and why">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th>Because of</Th>
          <Th>May</Th>
          <Th align="right">Can read</Th>
        </tr>
      </thead>
      {people.map((person) => (
        <Person key={person.viewer.id} person={person} />
      ))}
    </Table>
  );
}

interface Source {
  grant: Grant;
  lines: AccessLine[];
}

/** The lines of each role and mandate, in the order in which they are looked at. */
function sourcesOf(lines: readonly AccessLine[]): Source[] {
  const sources = new Map<string, Source>();
  for (const line of lines) {
    const key = keyOf(line.grant);
    const known = sources.get(key);
    if (known) known.lines.push(line);
    else sources.set(key, { grant: line.grant, lines: [line] });
  }
  return [...sources.values()];
}

const keyOf = ({ role, mandate }: Grant) => `${role} ${mandate?.absent.id ?? ''}`;

function Person({ person }: { person: PersonAccess }) {
  const sources = sourcesOf(person.lines);
  const rows = Math.max(1, sources.length);
  return (
    <tbody className="border-b last:border-b-0">
      {(sources.length > 0 ? sources : [null]).map((source, index) => (
        <Tr key={source ? keyOf(source.grant) : 'none'} className="border-b-0">
          {index === 0 ? (
            <Td rowSpan={rows}>
              <Who person={person} />
            </Td>
          ) : null}
          <Td label="Because of" className={index > 0 ? 'md:pl-3!' : undefined}>
            {source ? (
              <GrantName grant={source.grant} granted={person.granted} />
            ) : (
              <span className="text-muted">no role</span>
            )}
          </Td>
          <Td label="May">{source ? <May lines={source.lines} /> : 'nothing'}</Td>
          {index === 0 ? (
            <Td label="Can read" align="right" rowSpan={rows}>
              {formatCount(person.readable)}
            </Td>
          ) : null}
        </Tr>
      ))}
    </tbody>
  );
}

function Who({ person }: { person: PersonAccess }) {
  const { viewer, email, emailVerified, lastSeenAt, state } = person;
  return (
    <div className="grid min-w-0 grow justify-items-start gap-0.5 text-left">
      <Link to={`/people/${viewer.id}`} className="font-medium wrap-anywhere link">
        <bdi>{viewer.name}</bdi>
      </Link>
      {state === 'active' ? null : <PersonStateBadge state={state} />}
      <span className="text-xs break-all text-muted">{email ?? 'no e-mail address'}</span>
      {email && !emailVerified ? <Badge tone="warning">not verified</Badge> : null}
      <span className="text-xs text-muted">
        {viewer.practices.length > 0 ? `${viewer.practices.join(', ')} · ` : ''}
        {lastSeenAt ? (
          <>
            last seen <Moment at={lastSeenAt} show="day" />
          </>
        ) : (
          'never seen'
        )}
      </span>
    </div>
  );
}

/** What reaches equally far is told together. */
function May({ lines }: { lines: readonly AccessLine[] }) {
  const reaches = [...Map.groupBy(lines, ({ reach }) => reach)];
  return (
    <ul className="grid grow gap-0.5 text-left">
      {reaches.map(([reach, alike]) => (
        <li key={reach ?? ''}>
          {listed(alike.map(({ permission }) => permissionWords[permission]))}
          {reach ? <span className="text-muted">: {reach}</span> : null}
        </li>
      ))}
    </ul>
  );
}
