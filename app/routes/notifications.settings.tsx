import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { requireViewer } from '#app/auth/guard.server.ts';
import { MailChoices } from '#app/components/mail-choices.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { mailChoiceNames, mailChoices, topicChoicesSchema } from '#app/domain/mail.ts';
import { topicNames, topics } from '#app/domain/notification.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { env } from '#app/lib/env.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { readTopicChoices, writeTopicChoices } from '#app/models/inbox.server.ts';

export const meta: MetaFunction = () => [{ title: 'Mail settings · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireViewer(args);
  const chosen = await readTopicChoices(db, viewer.id);
  return {
    email: viewer.verifiedEmail,
    sendsMail: env.SMTP_URL !== undefined,
    topics: topics.map((topic) => ({
      value: topic,
      label: topicNames[topic],
      chosen: chosen[topic],
    })),
    choices: mailChoices.map((value) => ({ value, label: mailChoiceNames[value] })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await requireViewer(args);
  const posted = await formDataOf(args.request);
  const choices = topicChoicesSchema.safeParse(Object.fromEntries(posted));
  if (!choices.success) {
    const message = 'A choice is missing, or there is no such choice: nothing was changed.';
    throw Response.json({ message }, { status: 400 });
  }
  await writeTopicChoices(db, viewer.id, choices.data);
  return redirectWithToast('/notifications/settings', {
    tone: 'good',
    title: 'Your mail settings are saved',
  });
}

export default function NotificationSettings() {
  const { email, sendsMail, topics, choices } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <PageHeader
        title="What comes by mail"
        lead="In BQS you get every notification, whatever you choose here."
        actions={<LinkButton to="/notifications">Back to notifications</LinkButton>}
      />
      <Reach email={email} sendsMail={sendsMail} />
      <Form method="post" className="grid gap-4">
        <Card flush title="Topics">
          <MailChoices topics={topics} choices={choices} />
        </Card>
        <div>
          <Button variant="primary">Save</Button>
        </div>
      </Form>
    </div>
  );
}

/** Where mails go, or why none does. */
function Reach({ email, sendsMail }: { email: string | null; sendsMail: boolean }) {
  if (!sendsMail) {
    return (
      <Notice tone="warning" title="BQS sends no mail here">
        No mail server is set up. What you choose counts from the day one is.
      </Notice>
    );
  }
  if (email === null) {
    return (
      <Notice tone="warning" title="Your e-mail address is not verified">
        Mails go to verified addresses only. <a href="/verification">Verify yours</a> to get them.
      </Notice>
    );
  }
  return (
    <p className="text-muted">
      Mails go to <span className="font-medium wrap-anywhere text-ink">{email}</span>.
    </p>
  );
}
