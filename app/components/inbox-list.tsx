import { Form, Link } from '@remix-run/react';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { Moment } from './time.tsx';
import { Button } from './ui/button.tsx';

export interface InboxItem {
  id: string;
  at: Date;
  topic: string;
  read: boolean;
  text: { title: string; body: string } | null;
}

/** Notices, the newest first; what is unread is bold and can be marked without being opened. */
export function InboxList({ items }: { items: InboxItem[] }) {
  return (
    <ul>
      {items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Item({ item: { id, at, topic, read, text } }: { item: InboxItem }) {
  return (
    <li
      className={clsx(
        'grid grid-cols-[0.5rem_1fr_auto] gap-x-3 border-b px-4 py-3 last:border-b-0',
        !read && 'bg-accent-soft/40',
      )}
    >
      <span
        aria-hidden
        className={clsx('mt-1.5 size-2 rounded-full', read ? 'bg-transparent' : 'bg-accent')}
      />
      <div className="grid min-w-0 gap-0.5">
        <p className={clsx('wrap-anywhere', !read && 'font-semibold')}>
          {read ? null : <span className="sr-only">Unread: </span>}
          {text ? (
            <Link to={`/notifications/${id}`} className="hover:underline">
              {text.title}
            </Link>
          ) : (
            <span className="font-normal text-muted">
              About an opportunity that your roles no longer let you see
            </span>
          )}
        </p>
        {text?.body ? (
          <p className="line-clamp-3 wrap-anywhere whitespace-pre-line text-muted">{text.body}</p>
        ) : null}
        <p className="text-xs text-muted">
          {topic} · <Moment at={at} />
        </p>
      </div>
      {read ? null : <MarkRead id={id} title={text?.title ?? 'this notification'} />}
    </li>
  );
}

function MarkRead({ id, title }: { id: string; title: string }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={id} />
      <Button
        name="intent"
        value="read"
        variant="quiet"
        size="small"
        aria-label={`Mark read: ${title}`}
      >
        <Check aria-hidden />
        <span className="max-sm:sr-only">Mark read</span>
      </Button>
    </Form>
  );
}
