import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { CheckCheck, Settings2 } from 'lucide-react';
import { clsx } from 'clsx';
import { z } from 'zod';
import { requireViewer } from '#app/auth/guard.server.ts';
import { InboxList } from '#app/components/inbox-list.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { countUnread, listInbox, markAllRead, markRead } from '#app/models/inbox.server.ts';

export const meta: MetaFunction = () => [{ title: 'Notifications · BQS' }];

const noticeId = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);

const querySchema = z.object({
  show: z.literal('unread').nullable(),
  before: noticeId.nullable(),
});

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireViewer(args);
  const { searchParams } = new URL(args.request.url);
  const given = (name: string) => searchParams.get(name) || null;
  const query = querySchema.safeParse({ show: given('show'), before: given('before') });
  if (!query.success) {
    const message = 'There is no such page of notifications. Begin with the newest.';
    throw Response.json({ message }, { status: 400 });
  }
  const { show, before } = query.data;
  const [{ entries, next }, unread] = await Promise.all([
    listInbox(db, viewer, { unreadOnly: show !== null, before }),
    countUnread(db, viewer.id),
  ]);
  return {
    entries,
    next: next && address({ show, before: next }),
    unreadOnly: show !== null,
    paged: before !== null,
    unread,
  };
}

const intentSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('read'), id: noticeId }),
  z.object({ intent: z.literal('read-all'), upTo: noticeId }),
]);

/** Reading is a person's own affair: it changes nothing for others, and no audit event tells of it. */
export async function action(args: ActionFunctionArgs) {
  const viewer = await requireViewer(args);
  const intent = intentSchema.safeParse(Object.fromEntries(await formDataOf(args.request)));
  if (!intent.success) {
    const message = 'That was not understood: nothing was marked.';
    throw Response.json({ message }, { status: 400 });
  }
  const { searchParams } = new URL(args.request.url);
  const back = address({ show: searchParams.get('show'), before: searchParams.get('before') });
  if (intent.data.intent === 'read-all') {
    const marked = await markAllRead(db, viewer.id, intent.data.upTo);
    const title = `${plural(marked, 'notification')} marked read`;
    return redirectWithToast(back, { tone: 'good', title });
  }
  if (await markRead(db, viewer.id, intent.data.id)) {
    return redirectWithToast(back, { tone: 'good', title: 'Marked read' });
  }
  throw new Response('There is no such notification among yours.', { status: 404 });
}

function address(query: { show: string | null; before: string | null }): string {
  const set = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  return set.length > 0 ? `/notifications?${new URLSearchParams(set)}` : '/notifications';
}

export default function Notifications() {
  const { entries, next, unreadOnly, paged, unread } = useLoaderData<typeof loader>();
  const newest = entries[0];
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <PageHeader
        title="Notifications"
        lead="What others did that concerns you. Read ones are kept for 90 days."
        actions={
          <LinkButton to="/notifications/settings">
            <Settings2 aria-hidden />
            Choose what comes by mail
          </LinkButton>
        }
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <nav aria-label="Which notifications" className="flex gap-1">
          <Tab to="/notifications" current={!unreadOnly}>
            All
          </Tab>
          <Tab to="/notifications?show=unread" current={unreadOnly}>
            Unread {unread > 0 ? (unread > 99 ? '99+' : unread) : ''}
          </Tab>
        </nav>
        {newest && unread > 0 && !paged ? (
          <Form method="post">
            <input type="hidden" name="upTo" value={newest.id} />
            <Button name="intent" value="read-all" size="small">
              <CheckCheck aria-hidden />
              Mark all read
            </Button>
          </Form>
        ) : null}
      </div>
      <Card flush={entries.length > 0}>
        {entries.length > 0 ? (
          <InboxList items={entries} />
        ) : (
          <Empty unreadOnly={unreadOnly} paged={paged} />
        )}
      </Card>
      <Pager of="past" first={paged ? (unreadOnly ? '?show=unread' : '?') : null} next={next} />
    </div>
  );
}

function Tab({
  to,
  current,
  children,
}: {
  to: string;
  current: boolean;
  children: React.ReactNode;
}) {
  return (
    <Link
      to={to}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'rounded-md px-3 py-1.5 font-medium',
        current ? 'bg-accent-soft text-accent-strong' : 'text-muted hover:bg-sunken',
      )}
    >
      {children}
    </Link>
  );
}

function Empty({ unreadOnly, paged }: { unreadOnly: boolean; paged: boolean }) {
  if (paged) return <EmptyState title="Nothing older">That was the last of them.</EmptyState>;
  if (unreadOnly)
    return (
      <EmptyState
        title="You have read everything"
        action={<LinkButton to="/notifications">Show all</LinkButton>}
      >
        New notifications appear here and are counted at the bell above.
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing yet">
      You are told here when an opportunity is assigned to you, an assessment is submitted or
      returned, a decision is made, somebody mentions you, or a deadline comes close.
    </EmptyState>
  );
}
