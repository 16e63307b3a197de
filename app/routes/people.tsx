import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { IdentityCheckCard } from '#app/components/identity-check-card.tsx';
import { PeopleTable, type PersonRow } from '#app/components/people-table.tsx';
import { PracticesCard } from '#app/components/practices-card.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Tabs, type Tab } from '#app/components/ui/tabs.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { peopleIntentSchema } from '#app/domain/people-intent.ts';
import { personStateNames, personStates, type PersonState } from '#app/domain/person-state.ts';
import { roleNames, roles } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { latestIdentityCheck } from '#app/models/identity-check.server.ts';
import { listPeople, type PeopleFilter, type Person } from '#app/models/people.server.ts';
import { listPractices, suggestPractices } from '#app/models/practice.server.ts';
import { actOnPeople } from '#app/services/act-on-people.server.ts';

/** What is no way to stand is passed over: the link was cut or typed. */
const filterSchema = z.enum(['here', 'all', ...personStates]).catch('here');

export const meta: MetaFunction = () => [{ title: 'People · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:roles');
  const { searchParams } = new URL(args.request.url);
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200);
  const filter = filterSchema.parse(searchParams.get('show'));
  const [{ people, next, total, counts }, practices, suggestions, check] = await Promise.all([
    listPeople(db, { search, after: searchParams.get('after'), filter }),
    listPractices(db),
    suggestPractices(db),
    latestIdentityCheck(db),
  ]);
  return {
    search,
    stepUp: await stepUpAhead(args, { act: 'grant-manager' }),
    filter,
    people: people.map((person) => toRow(person, viewer.id)),
    next: next && addressOf({ q: search, show: filter, after: next }),
    total,
    tabs: tabsOf(counts, filter, search),
    check: check && { ...check, ...check.counts },
    practices,
    suggestions,
    asked: searchParams.get('practice')?.slice(0, 200),
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:roles');
  const posted = await formDataOf(args.request);
  const intent = peopleIntentSchema.safeParse(Object.fromEntries(posted));
  if (!intent.success) {
    return data({ message: 'That was not understood: nothing was changed.' }, { status: 400 });
  }
  // Both ways: who takes the role from the others is alone in holding it.
  if ('role' in intent.data && intent.data.role === 'MANAGER') {
    await requireStepUp(args, { act: 'grant-manager' }, posted);
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await actOnPeople(intent.data, { actor: viewer, requestId });
  if (!outcome.ok)
    return data({ message: outcome.message }, { status: outcome.outage ? 503 : 409 });
  const { pathname, search } = new URL(args.request.url);
  return redirectWithToast(pathname + search, { tone: 'good', title: outcome.message });
}

/** Who is here is what the page shows unasked; states that nobody is in are left out. */
function tabsOf(counts: Record<PersonState, number>, filter: PeopleFilter, search: string): Tab[] {
  const here = counts.active + counts.invited + counts['never-came'];
  const all = here + counts.deactivated + counts.gone;
  const tabs: [PeopleFilter, string, number][] = [
    ['here', 'Here', here],
    ...personStates.map((state): [PeopleFilter, string, number] => [
      state,
      personStateNames[state],
      counts[state],
    ]),
    ['all', 'Everybody', all],
  ];
  return tabs
    .filter(([show, , count]) => {
      // Where everybody who is here is active, one of the two says it all.
      const same = show === 'active' && count === here;
      return show === filter || show === 'here' || (count > 0 && !same);
    })
    .map(([show, name, count]) => ({
      to: addressOf({ q: search, show }),
      name,
      count,
      current: show === filter,
    }));
}

function addressOf(parameters: { q: string; show: PeopleFilter; after?: string }): string {
  const { q, show, after } = parameters;
  const set = { ...(q && { q }), ...(show !== 'here' && { show }), ...(after && { after }) };
  return Object.keys(set).length > 0 ? `/people?${new URLSearchParams(set)}` : '/people';
}

/** One's own manager role has no button: nobody takes it from themselves. */
function toRow(person: Person, viewerId: string): PersonRow {
  return {
    ...person,
    frozen: person.state === 'deactivated' || person.state === 'gone',
    roles: person.roles.map((role) => ({
      code: role,
      name: roleNames[role],
      locked: role === 'MANAGER' && person.id === viewerId,
    })),
  };
}

// Whoever is refused, because somebody was faster, has to see what is there now.
export const shouldRevalidate = () => true;

export default function People() {
  const {
    people,
    next,
    total,
    search,
    filter,
    tabs,
    check,
    practices,
    suggestions,
    asked,
    roles,
    stepUp,
  } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid gap-5">
      <PageHeader
        title="People"
        lead="Who may do what. People appear here once they are invited or have signed in."
        actions={
          <>
            <LinkButton to="/people/stand-ins">Stand-ins</LinkButton>
            <LinkButton to="/people/access">Access review</LinkButton>
            <LinkButton variant="primary" to="/people/invite">
              Invite somebody
            </LinkButton>
          </>
        }
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      <Search search={search} show={filter} />
      <Tabs label="How they stand" tabs={tabs} />
      <Card title={plural(total, 'person', 'people')} flush={people.length > 0}>
        {people.length === 0 ? (
          <EmptyState
            title={search ? `Nobody here is called “${search}”` : 'Nobody is here'}
            action={<Link to="/people?show=all">Show everybody</Link>}
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
      <IdentityCheckCard check={check} />
      <PracticesCard practices={practices} suggestions={suggestions} asked={asked} />
    </div>
  );
}

function Search({ search, show }: { search: string; show: PeopleFilter }) {
  return (
    <Form role="search" className="flex max-w-md items-end gap-2">
      {show === 'here' ? null : <input type="hidden" name="show" value={show} />}
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
