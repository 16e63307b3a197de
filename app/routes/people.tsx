import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { PeopleTable, type PersonRow } from '#app/components/people-table.tsx';
import { PracticesCard } from '#app/components/practices-card.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { peopleIntentSchema } from '#app/domain/people-intent.ts';
import { roleNames, roles } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listPeople, type Person } from '#app/models/people.server.ts';
import { listPractices, suggestPractices } from '#app/models/practice.server.ts';
import { actOnPeople } from '#app/services/act-on-people.server.ts';

export const meta: MetaFunction = () => [{ title: 'People · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:roles');
  const { searchParams } = new URL(args.request.url);
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200);
  const [{ people, next, total }, practices, suggestions] = await Promise.all([
    listPeople(db, { search, after: searchParams.get('after') }),
    listPractices(db),
    suggestPractices(db),
  ]);
  return {
    search,
    people: people.map((person) => toRow(person, viewer.id)),
    next: next && `?${new URLSearchParams({ ...(search && { q: search }), after: next })}`,
    total,
    practices,
    suggestions,
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:roles');
  const intent = peopleIntentSchema.safeParse(Object.fromEntries(await formDataOf(args.request)));
  if (!intent.success) {
    return data({ message: 'That was not understood: nothing was changed.' }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await actOnPeople(intent.data, { actor: viewer, requestId });
  if (!outcome.ok) return data({ message: outcome.message }, { status: 409 });
  const { pathname, search } = new URL(args.request.url);
  return redirectWithToast(pathname + search, { tone: 'good', title: outcome.message });
}

/** One's own manager role has no button: nobody takes it from themselves. */
function toRow(person: Person, viewerId: string): PersonRow {
  return {
    ...person,
    roles: person.roles.map((role) => ({
      code: role,
      name: roleNames[role],
      locked: role === 'MANAGER' && person.id === viewerId,
    })),
  };
}

export default function People() {
  const { people, next, total, search, practices, suggestions, roles } =
    useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid gap-5">
      <PageHeader
        title="People"
        lead="Who may do what. People appear here once they have signed in for the first time."
        actions={
          <>
            <Link to="/people/stand-ins" className="link">
              Stand-ins
            </Link>
            <Link to="/people/access" className="link">
              Access review
            </Link>
          </>
        }
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <Search search={search} />
      <Card title={plural(total, 'person', 'people')} flush={people.length > 0}>
        {people.length === 0 ? (
          <EmptyState
            title={search ? `Nobody is called “${search}”` : 'Nobody is here'}
            action={<Link to="/people">Show everybody</Link>}
          >
            Search by any part of a name or an e-mail address.
          </EmptyState>
        ) : (
          <PeopleTable
            people={people}
            roles={roles}
            practices={practices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Card>
      {next ? (
        <Link to={next} className="justify-self-start text-accent underline">
          More people
        </Link>
      ) : null}
      <PracticesCard practices={practices} suggestions={suggestions} />
    </div>
  );
}

function Search({ search }: { search: string }) {
  return (
    <Form role="search" className="flex max-w-md items-end gap-2">
      <TextField
        type="search"
        name="q"
        label="Name or e-mail address"
        defaultValue={search}
        key={search}
        className="grow"
      />
      <Button>Search</Button>
    </Form>
  );
}
