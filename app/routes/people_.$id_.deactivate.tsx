import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { requirePerson } from '#app/auth/require-person.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { AssessmentsToHandOver } from '#app/components/hand-over-fields.tsx';
import { PracticesToHandOver } from '#app/components/practices-to-hand-over.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { parseHandOver } from '#app/domain/hand-over-form.ts';
import { typedOf } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listSuccessors, readOpenWork } from '#app/models/open-work.server.ts';
import type { PersonDetail } from '#app/models/person.server.ts';
import { reasonToKeep } from '#app/services/deactivate-person.server.ts';
import { deactivateHandingOver } from '#app/services/deactivate-handing-over.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [
  { title: `${shown?.active === false ? 'Hand over' : 'Deactivate'} · BQS` },
];

/** More rows than this are handed over in several goes. */
const mostRows = 100;

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, person } = await requirePerson(args);
  const active = person.deactivatedAt === null && person.deletedAt === null;
  const [work, successors, kept] = await Promise.all([
    readOpenWork(db, person.id),
    listSuccessors(db, person.id),
    active ? reasonToKeep(db, { actor: viewer, userId: person.id }) : null,
  ]);
  const { assessments, waiting, practices, withoutPractice } = work;
  return {
    stepUp: unmakesManager(person) ? await stepUpAhead(args, { act: 'grant-manager' }) : null,
    id: person.id,
    name: person.name,
    active,
    kept: kept?.message,
    waiting,
    withoutPractice,
    more: Math.max(0, assessments.length - mostRows),
    assessments: assessments
      .slice(0, mostRows)
      .map((row) => ({ ...row, path: opportunityPath(row) })),
    architects: successors.filter(({ architect }) => architect),
    practices: practices.map((practice) => ({
      ...practice,
      takers: successors.filter(({ head, practices }) => head || practices.includes(practice.name)),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor, person } = await requirePerson(args);
  const posted = await formDataOf(args.request);
  const typed = typedOf(posted);
  const intent = posted.get('intent');
  const chosen = parseHandOver(posted);
  if (!chosen || (intent !== 'deactivate' && intent !== 'hand-over')) {
    const message = 'That was not understood: nothing was changed.';
    return data({ message, typed }, { status: 400 });
  }
  if (intent === 'deactivate' && unmakesManager(person)) {
    await requireStepUp(args, { act: 'grant-manager' }, posted);
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const change = { actor, userId: person.id, requestId };
  const result = await deactivateHandingOver(change, chosen, intent === 'deactivate');
  if (!result.ok) return data({ message: result.message, typed }, { status: 409 });
  return redirectWithToast(`/people/${person.id}`, {
    tone: result.closed ? 'good' : 'bad',
    title: result.title,
    description: result.description,
  });
}

// Whoever is refused, because somebody was faster, has to see what is there now.
export const shouldRevalidate = () => true;

/** Whether deactivating this person ends what a manager may do. */
function unmakesManager({ roles, deactivatedAt, deletedAt }: PersonDetail): boolean {
  return roles.includes('MANAGER') && deactivatedAt === null && deletedAt === null;
}

export default function Deactivate() {
  const { id, name, active, kept } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid gap-5">
      <PageHeader
        title={active ? `Deactivate ${name}` : `Hand over the work of ${name}`}
        lead={
          active
            ? 'They are signed out everywhere and refused from then on. What they did stays, under their name.'
            : `${name} has no access any more.`
        }
        actions={<LinkButton to={`/people/${id}`}>Back</LinkButton>}
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      {kept ? (
        refusal ? null : (
          <Notice tone="info">{kept}</Notice>
        )
      ) : (
        <Choice typed={refusal?.typed} />
      )}
    </div>
  );
}

/** What may be handed over to whom, and the button for it. */
function Choice({ typed }: { typed?: Record<string, string[]> }) {
  const { stepUp, id, name, active, assessments, practices, withoutPractice } =
    useLoaderData<typeof loader>();
  const nothing = assessments.length + practices.length === 0;
  return (
    <>
      <StepUpNotice stepUp={stepUp} />
      {withoutPractice > 0 ? <LastHead /> : null}
      {nothing && withoutPractice === 0 ? (
        <Notice tone="good" title="Nothing waits for them alone">
          They have no open assessment and head no practice by themselves.
        </Notice>
      ) : null}
      {active || !nothing ? (
        <Form method="post" className="grid gap-5">
          <Work typed={typed} />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              name="intent"
              value={active ? 'deactivate' : 'hand-over'}
              variant={active ? 'danger' : 'primary'}
            >
              {active ? `Deactivate ${name}` : 'Hand over'}
            </Button>
            <LinkButton variant="quiet" to={`/people/${id}`}>
              Cancel
            </LinkButton>
          </div>
        </Form>
      ) : null}
    </>
  );
}

/** No form here gives what has no practice to one person: every practice head may recommend on it. */
function LastHead() {
  const { withoutPractice } = useLoaderData<typeof loader>();
  return (
    <Notice tone="warning" title="Nobody else is a practice head">
      {plural(withoutPractice, 'assessment')} without a practice{' '}
      {withoutPractice === 1 ? 'waits' : 'wait'} for a recommendation. Any practice head can make
      it: grant somebody the role on the page People.
    </Notice>
  );
}

function Work({ typed }: { typed?: Record<string, string[]> }) {
  const { assessments, architects, practices, waiting, more } = useLoaderData<typeof loader>();
  return (
    <>
      {assessments.length > 0 ? (
        <Card title={plural(assessments.length + more, 'open assessment')} flush>
          <AssessmentsToHandOver rows={assessments} architects={architects} typed={typed} />
          {more > 0 ? (
            <p className="border-t p-4 text-muted">
              These are the first to close. The other {more} follow here once these are handed over.
            </p>
          ) : null}
        </Card>
      ) : null}
      {practices.length > 0 ? (
        <Card title="Practices that nobody else heads">
          <PracticesToHandOver practices={practices} typed={typed} />
        </Card>
      ) : null}
      {waiting > 0 ? (
        <p className="text-muted">
          {plural(waiting, 'opportunity', 'opportunities')} of theirs{' '}
          {waiting === 1 ? 'waits' : 'wait'} for a recommendation, a decision or the end of a hold.
          Should one be returned, assign it then.
        </p>
      ) : null}
    </>
  );
}
