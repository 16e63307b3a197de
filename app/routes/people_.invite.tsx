import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { InvitationForm } from '#app/components/invitation-form.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { WayInPanel } from '#app/components/way-in-panel.tsx';
import { parseInvitation } from '#app/domain/invitation.ts';
import { roleNames, roles } from '#app/domain/roles.ts';
import { typedOf } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { listPractices } from '#app/models/practice.server.ts';
import { invitePerson } from '#app/services/invite-person.server.ts';

export const meta: MetaFunction = () => [{ title: 'Invite somebody · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:roles');
  const practices = await listPractices(db);
  return {
    stepUp: await stepUpAhead(args, { act: 'grant-manager' }),
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
    practices: practices.map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** The way in is part of this one answer and kept nowhere, so no redirect follows. */
export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'manage:roles');
  const posted = await formDataOf(args.request);
  const typed = typedOf(posted);
  const parsed = parseInvitation(posted);
  if (!parsed.ok) {
    const message = 'Something is missing or cannot be read: nobody was invited.';
    const refusal = { message, errors: parsed.errors, typed, person: null };
    return data({ refusal, invited: null }, { status: 400 });
  }
  if (parsed.invitation.roles.includes('MANAGER')) {
    await requireStepUp(args, { act: 'grant-manager' }, posted);
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const result = await invitePerson({ actor, invitation: parsed.invitation, requestId });
  if (!result.ok) {
    const { message, person = null } = result;
    const status = result.reason === 'outage' ? 503 : 409;
    return data({ refusal: { message, errors: {}, typed, person }, invited: null }, { status });
  }
  const { id, name, email, way } = result;
  return data({ refusal: null, invited: { id, name, email, way } }, { status: 201 });
}

export default function Invite() {
  const { roles, practices, stepUp } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.refusal ?? undefined;
  const invited = answer?.invited;
  return (
    <div className="grid max-w-3xl gap-5">
      <PageHeader
        title="Invite somebody"
        lead="They get an account in Ory and a page and a code to come in by, once, within 24 hours."
        actions={<LinkButton to="/people">Back to people</LinkButton>}
      />
      <StepUpNotice stepUp={stepUp} />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}{' '}
          {refusal.person ? (
            <Link to={`/people/${refusal.person.id}`} className="text-accent underline">
              Open {refusal.person.name}
            </Link>
          ) : null}
        </Notice>
      ) : null}
      {invited ? (
        <>
          <WayInPanel {...invited} />
          <p>
            <Link to={`/people/${invited.id}`} className="text-accent underline">
              Open {invited.name}
            </Link>
          </p>
        </>
      ) : null}
      <Card title={invited ? 'Invite somebody else' : 'Who it is'}>
        <InvitationForm
          // Emptied once somebody is invited.
          key={invited?.id ?? 'form'}
          roles={roles}
          practices={practices}
          typed={refusal?.typed}
          errors={refusal?.errors}
        />
      </Card>
    </div>
  );
}
