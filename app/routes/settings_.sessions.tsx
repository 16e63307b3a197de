import {
  data,
  redirectDocument,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { requireSession } from '#app/auth/guard.server.ts';
import {
  endAllSessions,
  endOtherSessions,
  endSession,
  listOtherSessions,
} from '#app/auth/own-sessions.server.ts';
import { OtherSessions, SessionHere } from '#app/components/session-list.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { deviceWords } from '#app/domain/device-words.ts';
import { sessionIntentSchema } from '#app/domain/session-intent.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';

export const meta: MetaFunction = () => [{ title: 'Where you are signed in · BQS' }];

const here = '/settings/sessions';

export async function loader(args: LoaderFunctionArgs) {
  const { session } = await requireSession(args);
  return { session, others: await listOtherSessions(args.request) };
}

export async function action(args: ActionFunctionArgs) {
  const { session } = await requireSession(args);
  const posted = Object.fromEntries(await formDataOf(args.request));
  const intent = sessionIntentSchema.safeParse(posted);
  if (!intent.success) {
    return data({ message: 'That was not understood: nobody was signed out.' }, { status: 400 });
  }
  if (intent.data.intent === 'end-all') return redirectDocument(await endAllSessions(args));
  if (intent.data.intent === 'end-others') {
    const count = await endOtherSessions(args);
    const title =
      count > 0
        ? `${plural(count, 'other session')} ended. You are signed in here alone.`
        : 'You are signed in nowhere else.';
    return redirectWithToast(here, { tone: 'good', title });
  }
  if (intent.data.id === session.id) {
    const message = 'This is the session you are using. Sign out instead.';
    return data({ message }, { status: 409 });
  }
  const ended = await endSession(args, intent.data.id);
  if (!ended) {
    const message = 'This session is not there any more: it has ended already.';
    return data({ message }, { status: 404 });
  }
  return redirectWithToast(here, {
    tone: 'good',
    title: `${deviceWords(ended.userAgent)} is signed out.`,
  });
}

/** A refusal is about what changed meanwhile: the list is shown as it is now. */
export const shouldRevalidate = () => true;

export default function Sessions() {
  const { session, others } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-5">
      <PageHeader
        title="Where you are signed in"
        lead={
          <>
            A device you do not know? Sign it out, then{' '}
            <a href="/settings" className="link">
              choose a new password
            </a>
            .
          </>
        }
      />
      {refusal ? <Notice tone="bad" role="alert" title={refusal.message} /> : null}
      <Card title="Here" flush>
        <SessionHere session={session} />
      </Card>
      <Card
        title={others.length > 0 ? `Elsewhere (${others.length})` : 'Elsewhere'}
        flush={others.length > 0}
        actions={
          others.length > 1 ? (
            <Form method="post">
              <Button size="small" name="intent" value="end-others">
                Sign out all others
              </Button>
            </Form>
          ) : null
        }
      >
        {others.length > 0 ? (
          <OtherSessions sessions={others} />
        ) : (
          <p className="text-muted">
            You are signed in nowhere else. Other browsers and devices appear here once you sign in
            on them.
          </p>
        )}
      </Card>
      <Card title="Sign out everywhere">
        <Form
          method="post"
          reloadDocument
          className="flex flex-wrap items-center justify-between gap-3"
        >
          <p className="min-w-0 grow basis-72 text-muted">
            Ends this session and every other. You sign in again wherever you need BQS.
          </p>
          <Button variant="danger" name="intent" value="end-all">
            Sign out everywhere
          </Button>
        </Form>
      </Card>
    </div>
  );
}
