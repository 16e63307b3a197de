import { topicNames, topics, type Topic } from '#app/domain/notification.ts';
import type { MailChoice, TopicChoices } from '#app/domain/mail.ts';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A notice as its inbox shows it. */
export interface InboxEntry {
  id: string;
  at: Date;
  topic: string;
  read: boolean;
  /** Null where it tells of an opportunity that is not the viewer's to read any more. */
  text: { title: string; body: string } | null;
}

const pageSize = 30;
/** Beyond this a count says no more than "many", and is not worth counting. */
const mostCounted = 100;

/** How many of a person's notices are unread, counted up to a hundred. */
export async function countUnread(db: Db, userId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM notifications WHERE user_id = ${userId}::uuid AND read_at IS NULL
      LIMIT ${mostCounted}) unread`;
  return row?.count ?? 0;
}

interface Row {
  id: bigint;
  at: Date;
  topic: string;
  title: string;
  body: string;
  read: boolean;
  opportunity: Parameters<typeof inScope>[1] | null;
}

/** A page of a person's own notices, the newest first. `before`: the last id of the page before. */
export async function listInbox(
  db: Db,
  viewer: Viewer,
  { unreadOnly, before }: { unreadOnly: boolean; before: bigint | null },
): Promise<{ entries: InboxEntry[]; next: string | null }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.id, n.created_at AS at, n.topic, n.title, n.body, n.read_at IS NOT NULL AS read,
      CASE WHEN o.id IS NOT NULL THEN json_build_object('practice', o.practice,
        'assignedSa', o.assigned_sa, 'salesOwnerEmail', o.sales_owner_email) END AS opportunity
    FROM notifications n LEFT JOIN opportunities o ON o.id = n.opportunity_id
    WHERE n.user_id = ${viewer.id}::uuid
      ${unreadOnly ? Prisma.sql`AND n.read_at IS NULL` : Prisma.empty}
      ${before === null ? Prisma.empty : Prisma.sql`AND n.id < ${before}`}
    ORDER BY n.id DESC LIMIT ${pageSize + 1}`;
  const page = rows.slice(0, pageSize);
  const scope = scopeOf(viewer, 'read:opportunity');
  return {
    entries: page.map(({ id, at, topic, title, body, read, opportunity }) => ({
      id: String(id),
      at,
      topic: isTopic(topic) ? topicNames[topic] : topic,
      read,
      text: opportunity === null || inScope(scope, opportunity) ? { title, body } : null,
    })),
    next: rows.length > pageSize ? String(page.at(-1)?.id) : null,
  };
}

/** Marks one of a person's own notices read and says where it leads; null where it is not theirs. */
export async function markRead(
  db: Db,
  userId: string,
  id: bigint,
): Promise<{ path: string } | null> {
  const [row] = await db.$queryRaw<{ path: string }[]>`
    UPDATE notifications SET read_at = coalesce(read_at, now())
    WHERE id = ${id} AND user_id = ${userId}::uuid RETURNING path`;
  return row ?? null;
}

/** Marks all of a person's notices read up to the newest they have seen, and says how many were not. */
export async function markAllRead(db: Db, userId: string, upTo: bigint): Promise<number> {
  return db.$executeRaw`
    UPDATE notifications SET read_at = now()
    WHERE user_id = ${userId}::uuid AND read_at IS NULL AND id <= ${upTo}`;
}

/** How a person wants each topic by mail. */
export async function readTopicChoices(db: Db, userId: string): Promise<TopicChoices> {
  const rows = await db.topicChoice.findMany({ where: { userId } });
  const chosen = new Map<string, MailChoice>(rows.map(({ topic, mail }) => [topic, mail]));
  const pairs = topics.map((topic) => [topic, chosen.get(topic) ?? 'EACH']);
  return Object.fromEntries(pairs) as TopicChoices;
}

/** Keeps how a person wants each topic by mail. */
export async function writeTopicChoices(
  db: Db,
  userId: string,
  choices: TopicChoices,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO topic_choices (user_id, topic, mail)
    SELECT ${userId}::uuid, topic, mail::mail_choice
    FROM unnest(${Object.keys(choices)}::text[], ${Object.values(choices)}::text[]) c (topic, mail)
    ON CONFLICT (user_id, topic) DO UPDATE SET mail = excluded.mail`;
}

function isTopic(text: string): text is Topic {
  return topics.some((topic) => topic === text);
}
