import { Link } from '@remix-run/react';
import type { PersonState } from '#app/domain/person-state.ts';
import { AddForm, Chip, Chips, type Choice } from './person-holdings.tsx';
import { PersonStateBadge } from './person-state-badge.tsx';
import { Moment } from './time.tsx';
import { Badge } from './ui/badge.tsx';
import { Table, Td, Th, Tr } from './ui/table.tsx';

export interface PersonRow {
  id: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
  state: PersonState;
  /** Whether nothing they hold counts, so that nothing is given or taken here. */
  frozen: boolean;
  lastSeenAt: Date | null;
  roles: { code: string; name: string; locked: boolean }[];
  practices: { id: string; name: string }[];
}
/** Everybody on the page with what they hold, and the buttons that change it. */
export function PeopleTable({
  people,
  roles,
  practices,
}: {
  people: PersonRow[];
  roles: Choice[];
  practices: Choice[];
}) {
  return (
    <Table caption="People with their roles and practices">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th>Roles</Th>
          <Th>Practices</Th>
          <Th>Last seen</Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Person key={person.id} person={person} roles={roles} practices={practices} />
        ))}
      </tbody>
    </Table>
  );
}

function Person({
  person,
  roles,
  practices,
}: {
  person: PersonRow;
  roles: Choice[];
  practices: Choice[];
}) {
  const held = new Set([
    ...person.roles.map(({ code }) => code),
    ...person.practices.map(({ id }) => id),
  ]);
  const missing = (choices: Choice[]) =>
    person.frozen ? [] : choices.filter(({ value }) => !held.has(value));
  return (
    <Tr>
      <Td>
        <div className="min-w-0 grow text-left">
          <p className="font-medium wrap-anywhere">
            <Link to={`/people/${person.id}`} className="text-accent hover:underline">
              <bdi>{person.name}</bdi>
            </Link>
          </p>
          <p className="text-xs break-all text-muted">{person.email ?? 'no e-mail address'}</p>
          <p className="mt-1 flex flex-wrap gap-1 empty:hidden">
            {person.state === 'active' ? null : <PersonStateBadge state={person.state} />}
            {person.email && !person.emailVerified && person.state === 'active' ? (
              <Badge tone="warning">not verified</Badge>
            ) : null}
          </p>
        </div>
      </Td>
      <Td label="Roles">
        <div className="grid min-w-0 grow gap-1.5">
          <Chips empty="no role yet">
            {person.roles.map((role) => (
              <Chip
                key={role.code}
                name={role.name}
                remove={
                  role.locked || person.frozen
                    ? null
                    : `Take the role ${role.name} from ${person.name}`
                }
                fields={{ intent: 'revoke-role', userId: person.id, role: role.code }}
              />
            ))}
          </Chips>
          <AddForm
            person={person}
            intent="grant-role"
            field="role"
            label="Role"
            choices={missing(roles)}
          />
        </div>
      </Td>
      <Td label="Practices">
        <div className="grid min-w-0 grow gap-1.5">
          <Chips empty="none">
            {person.practices.map((practice) => (
              <Chip
                key={practice.id}
                name={practice.name}
                remove={person.frozen ? null : `Take ${person.name} out of ${practice.name}`}
                fields={{ intent: 'leave-practice', userId: person.id, practiceId: practice.id }}
              />
            ))}
          </Chips>
          <AddForm
            person={person}
            intent="join-practice"
            field="practiceId"
            label="Practice"
            choices={missing(practices)}
          />
        </div>
      </Td>
      <Td label="Last seen">
        {person.lastSeenAt ? (
          <Moment at={person.lastSeenAt} />
        ) : (
          <span className="text-muted">never</span>
        )}
      </Td>
    </Tr>
  );
}
