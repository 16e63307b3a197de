import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { requirePerson } from '#app/auth/require-person.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { PersonFacts } from '#app/components/person-facts.tsx';
import { PersonStateBadge } from '#app/components/person-state-badge.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { WayInPanel } from '#app/components/way-in-panel.tsx';
import { auditAddress } from '#app/domain/audit-address.ts';
import { listed } from '#app/domain/listed.ts';
import { personState, refuseInvitingAgain } from '#app/domain/person-state.ts';
import { roleNames } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { countOpenWork } from '#app/models/open-work.server.ts';
import type { PersonDetail } from '#app/models/person.server.ts';
import { closeIdentity } from '#app/services/close-identity.server.ts';
import { inviteAgain } from '#app/services/invite-again.server.ts';
import { reactivatePerson } from '#app/services/reactivate-person.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [
  { title: `${shown?.person.name ?? 'A person'} · BQS` },
];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, person } = await requirePerson(args);
  const opens = grantsManager(person);
  const off = person.deactivatedAt !== null || person.deletedAt !== null;
  return {
    stepUp: opens ? await stepUpAhead(args, { act: 'grant-manager' }) : null,
    person: {
      ...person,
      roles: person.roles.map((role) => roleNames[role]),
      practices: person.practices.map(({ name }) => name),
    },
    state: personState(person, new Date()),
    own: person.id === viewer.id,
    invitable: refuseInvitingAgain(person) === null,
    due: person.deactivatedAt !== null && !person.identityClosedAt && !person.deletedAt,
    left: off ? await countOpenWork(db, person.id) : 0,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor, person } = await requirePerson(args);
  const posted = await formDataOf(args.request);
  const intent = posted.get('intent');
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const change = { actor, userId: person.id, requestId };
  if (intent !== 'close-identity' && grantsManager(person)) {
    await requireStepUp(args, { act: 'grant-manager' }, posted);
  }
  switch (intent) {
    case 'invite-again': {
      const result = await inviteAgain(change);
      if (!result.ok) return refuse(result);
      const { name, email, way } = result;
      return data({ message: null, invited: { name, email, way } }, { status: 201 });
    }
    case 'reactivate': {
      const result = await reactivatePerson(change);
      if (!result.ok) return refuse(result);
      const held = result.roles.map((role) => roleNames[role]);
      const description =
        held.length > 0 ? `With the roles as before: ${listed(held)}.` : undefined;
      const title = `${result.name} is active again`;
      return redirectWithToast(`/people/${person.id}`, { tone: 'good', title, description });
    }
    case 'close-identity': {
      const message =
        'Ory is still out of reach. BQS refuses them all the same. Try again shortly.';
      if (!(await closeIdentity(person.id))) return refuse({ reason: 'outage', message });
      const title = `${person.name} is signed out everywhere`;
      return redirectWithToast(`/people/${person.id}`, { tone: 'good', title });
    }
    default:
      return refuse({ reason: null, message: 'That was not understood: nothing was changed.' });
  }
}

/** Whether letting this person in (again) makes somebody a manager who is none now. */
function grantsManager({ roles, lastSeenAt, deactivatedAt }: PersonDetail): boolean {
  return roles.includes('MANAGER') && (lastSeenAt === null || deactivatedAt !== null);
}

function refuse({ reason, message }: { reason: string | null; message: string }) {
  const status = reason === null ? 400 : reason === 'outage' ? 503 : 409;
  return data({ message, invited: null }, { status });
}

// Whoever is refused, because somebody was faster, has to see what is there now.
export const shouldRevalidate = () => true;

export default function PersonPage() {
  const { person, state, own, stepUp } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="grid max-w-3xl gap-5">
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <bdi>{person.name}</bdi>
            <PersonStateBadge state={state} />
          </span>
        }
        actions={<LinkButton to="/people">Back to people</LinkButton>}
      />
      {answer?.message ? (
        <Notice tone="bad" role="alert">
          {answer.message}
        </Notice>
      ) : null}
      {answer?.invited ? <WayInPanel {...answer.invited} /> : null}
      <StepUpNotice stepUp={stepUp} />
      <Standing />
      <Card
        title="What BQS knows"
        actions={
          <LinkButton size="small" to={auditAddress({ subject: `user:${person.id}` })}>
            Audit
          </LinkButton>
        }
      >
        <PersonFacts person={person} />
      </Card>
      {own ? <p className="text-muted">This is you. Another manager can deactivate you.</p> : null}
      <Acts />
    </div>
  );
}

/** What is out of order with this person, and what to do about it. */
function Standing() {
  const { person, state, due, left } = useLoaderData<typeof loader>();
  return (
    <>
      {due ? (
        <Notice tone="warning" title="Ory has not been told yet">
          <p>
            BQS refuses {person.name} already, but their account in Ory is still open. The nightly
            check closes it, or you do now.
          </p>
          <Act intent="close-identity">Try again</Act>
        </Notice>
      ) : null}
      {left > 0 ? (
        <Notice tone="warning" title={`${plural(left, 'piece')} of open work left`}>
          <p>Nobody else takes it up unless it is handed over.</p>
          <LinkButton size="small" className="mt-2" to={`/people/${person.id}/deactivate`}>
            Hand over
          </LinkButton>
        </Notice>
      ) : null}
      {state === 'gone' ? (
        <Notice title="Their account in Ory is gone">
          They cannot sign in and their roles do not count. The name stays, because assessments,
          decisions and the audit bear it. To let them in again, invite them anew.
        </Notice>
      ) : null}
    </>
  );
}

function Acts() {
  const { person, state, own, invitable } = useLoaderData<typeof loader>();
  if (own || state === 'gone') return null;
  return (
    <div className="flex flex-wrap gap-2">
      {invitable ? <Act intent="invite-again">Make a new code</Act> : null}
      {state === 'deactivated' ? (
        <Act intent="reactivate">Reactivate</Act>
      ) : (
        <LinkButton variant="danger" to={`/people/${person.id}/deactivate`}>
          Deactivate …
        </LinkButton>
      )}
    </div>
  );
}

function Act({ intent, children }: { intent: string; children: ReactNode }) {
  return (
    <Form method="post" className="mt-2 first:mt-0">
      <input type="hidden" name="intent" value={intent} />
      <Button>{children}</Button>
    </Form>
  );
}
