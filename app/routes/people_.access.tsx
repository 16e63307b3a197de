import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { AccessTable } from '#app/components/access/access-table.tsx';
import { FindingList } from '#app/components/access/finding-list.tsx';
import { RowAccess } from '#app/components/access/row-access.tsx';
import { Moment } from '#app/components/time.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Tabs } from '#app/components/ui/tabs.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { findingsOf } from '#app/domain/access-findings.ts';
import { scopeOf, type Scope } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { findLastReview, listAccess, listReviewed } from '#app/models/access-review.server.ts';
import { readOpportunityAccess } from '#app/models/opportunity-access.server.ts';
import { getOpportunityByNumber } from '#app/models/opportunity.server.ts';
import { reviewAccess } from '#app/services/review-access.server.ts';

export const meta: MetaFunction = () => [{ title: 'Access review · BQS' }];

/** By person, or for one opportunity where the address names its number. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'review:access');
  const { searchParams } = new URL(args.request.url);
  const byOpportunity = searchParams.has('number');
  const number = (searchParams.get('number') ?? '').trim().slice(0, 200);
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200);
  const [reviewed, last, listed, row] = await Promise.all([
    listReviewed(db),
    findLastReview(db),
    byOpportunity ? null : listAccess(db, { search, after: searchParams.get('after') }),
    number ? rowOf(viewer, number) : null,
  ]);
  const findings = findingsOf(reviewed, new Date());
  const more = listed?.next ?? null;
  const next = more && `?${new URLSearchParams({ ...(search && { q: search }), after: more })}`;
  return { findings, last, holders: reviewed.length, listed, next, search, number, row };
}

async function rowOf(viewer: Viewer, number: string) {
  const scope: Scope | null = scopeOf(viewer, 'read:opportunity');
  const found = scope && (await getOpportunityByNumber(db, scope, number));
  const access = found && (await readOpportunityAccess(db, found.id));
  return access && { access, path: opportunityPath(found) };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'review:access');
  if ((await formDataOf(args.request)).get('intent') !== 'reviewed') {
    return data({ message: 'That was not understood: nothing was changed.' }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await reviewAccess({ actor: viewer, requestId });
  if (!outcome.ok) return data({ message: outcome.message }, { status: 409 });
  return redirectWithToast('/people/access', { tone: 'good', title: outcome.message });
}

export default function Access() {
  const { findings, last, holders, listed } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid gap-5">
      <PageHeader
        title="Access review"
        lead="Who can see and do what, and why: read from the same table that every page asks."
        actions={
          <>
            <a href="/people/access/export" download className="link">
              Export as CSV
            </a>
            <Form method="post">
              <input type="hidden" name="intent" value="reviewed" />
              <Button variant="primary">Mark as reviewed</Button>
            </Form>
          </>
        }
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <Card title="To look at first">
        <div className="grid gap-3">
          <FindingList findings={findings} />
          <p className="text-xs text-muted">
            {plural(holders, 'person holds', 'people hold')} a role.{' '}
            {last ? (
              <>
                Last reviewed by <bdi>{last.by}</bdi>, <Moment at={last.at} />, when there were{' '}
                {plural(last.people, 'person', 'people')}.
              </>
            ) : (
              'Nobody has marked a review yet.'
            )}
          </p>
        </div>
      </Card>
      <Tabs
        label="How access is shown"
        tabs={[
          { to: '/people/access', name: 'By person', current: listed !== null },
          { to: '/people/access?number=', name: 'By opportunity', current: listed === null },
        ]}
      />
      {listed ? <ByPerson /> : <ByOpportunity />}
    </div>
  );
}

function ByPerson() {
  const { listed, next, search } = useLoaderData<typeof loader>();
  if (!listed) return null;
  return (
    <>
      <Search name="q" label="Name or e-mail address" value={search} />
      <Card
        title={plural(listed.total, 'person', 'people')}
        flush={listed.people.length > 0}
        className="md:overflow-x-auto"
      >
        {listed.people.length > 0 ? (
          <AccessTable people={listed.people} />
        ) : (
          <EmptyState
            title={`Nobody is called “${search}”`}
            action={<Link to="/people/access">Show everybody</Link>}
          >
            Search by any part of a name or an e-mail address.
          </EmptyState>
        )}
      </Card>
      {next ? (
        <Link to={next} className="justify-self-start link">
          More people
        </Link>
      ) : null}
    </>
  );
}

function ByOpportunity() {
  const { number, row } = useLoaderData<typeof loader>();
  return (
    <>
      <Search name="number" label="Number of an opportunity" value={number} />
      {row ? <RowAccess {...row} /> : null}
      {number && !row ? <Notice tone="info">There is no opportunity {number}.</Notice> : null}
    </>
  );
}

function Search({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <Form role="search" className="flex max-w-md items-end gap-2" key={name}>
      <TextField
        type="search"
        name={name}
        label={label}
        defaultValue={value}
        key={value}
        className="grow"
      />
      <Button>Show</Button>
    </Form>
  );
}
