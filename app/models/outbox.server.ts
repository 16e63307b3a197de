import type { MailChoice } from '#app/domain/mail.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A notice whose mail is this process's to send until `leaseMinutes` are over. */
export interface ClaimedNotice {
  id: string;
  userId: string;
  topic: string;
  title: string;
  body: string;
  path: string;
  /** Tries begun, this one included. */
  tries: number;
  read: boolean;
  choice: MailChoice;
  opportunity: {
    practice: string | null;
    assignedSa: string | null;
    salesOwnerEmail: string | null;
  } | null;
}

/** Longer than a mail server may keep us waiting; past it another worker takes the notice over. */
const leaseMinutes = 5;

/** A claim shows as a try begun and a time before which nobody else takes the notice. */
const lease = Prisma.sql`mail_attempts = mail_attempts + 1,
  mail_due_at = now() + make_interval(mins => ${leaseMinutes})`;

const columns = Prisma.sql`n.id::text, n.user_id::text AS "userId", n.topic, n.title, n.body, n.path,
  n.mail_attempts AS tries, n.read_at IS NOT NULL AS read,
  coalesce((SELECT t.mail::text FROM topic_choices t
    WHERE t.user_id = n.user_id AND t.topic = n.topic), 'EACH') AS choice,
  (SELECT json_build_object('practice', o.practice, 'assignedSa', o.assigned_sa,
    'salesOwnerEmail', o.sales_owner_email)
    FROM opportunities o WHERE o.id = n.opportunity_id) AS opportunity`;

/** Takes the oldest notice whose mail is due, passing over what another worker is just taking. */
export async function claimNotice(db: Db): Promise<ClaimedNotice | null> {
  const [claimed] = await db.$queryRaw<ClaimedNotice[]>`
    UPDATE notifications n SET ${lease}
    WHERE n.id = (
      SELECT id FROM notifications WHERE mail_state = 'PENDING' AND mail_due_at <= now()
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`;
  return claimed ?? null;
}

/** Those for whom something waits for the digest, also where another worker has it just now. */
export async function listDigestReaders(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT user_id::text AS id FROM notifications
    WHERE mail_state = 'DIGEST' ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/** Takes what waits for one person's digest, the oldest first; nothing where another worker has it. */
export async function claimDigest(db: Db, userId: string): Promise<ClaimedNotice[]> {
  const claimed = await db.$queryRaw<ClaimedNotice[]>`
    UPDATE notifications n SET ${lease}
    WHERE n.user_id = ${userId}::uuid AND n.mail_state = 'DIGEST' AND n.mail_due_at <= now()
    RETURNING ${columns}`;
  return claimed.sort((one, other) => Number(BigInt(one.id) - BigInt(other.id)));
}

/** The mail went out. */
export async function markSent(db: Db, ids: string[]): Promise<void> {
  await settle(db, ids, Prisma.sql`mail_state = 'SENT', mailed_at = now(), mail_error = NULL`);
}

/** No mail goes out, for this reason. */
export async function mute(db: Db, ids: string[], reason: string): Promise<void> {
  await settle(db, ids, Prisma.sql`mail_state = 'MUTED', mail_error = ${reason}`);
}

/** The notice waits for the digest, which has not been tried yet. */
export async function keepForDigest(db: Db, id: string): Promise<void> {
  const digest = Prisma.sql`mail_state = 'DIGEST', mail_attempts = 0, mail_due_at = now()`;
  await settle(db, [id], digest);
}

/** The mail cannot be sent, now or later. */
export async function giveUp(db: Db, ids: string[], error: string): Promise<void> {
  await settle(db, ids, Prisma.sql`mail_state = 'FAILED', mail_error = ${error}`);
}

/** The mail is tried again in so many minutes. */
export async function postpone(
  db: Db,
  ids: string[],
  { minutes, error }: { minutes: number; error: string },
): Promise<void> {
  const due = Prisma.sql`now() + make_interval(mins => ${minutes})`;
  await settle(db, ids, Prisma.sql`mail_error = ${error}, mail_due_at = ${due}`);
}

/** Where no mail server is set, nothing waits for one that may come: notices stay in BQS. */
export async function muteAll(db: Db): Promise<number> {
  return db.$executeRaw`
    UPDATE notifications SET mail_state = 'MUTED', mail_error = 'BQS sends no mail.'
    WHERE mail_state IN ('PENDING', 'DIGEST')`;
}

/** Removes what was read longer ago than this and waits for no mail. */
export async function removeReadNotices(db: Db, days: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM notifications WHERE read_at < now() - make_interval(days => ${days})
      AND mail_state NOT IN ('PENDING', 'DIGEST')`;
}

/** What another worker has settled in the meantime stays as it is. */
async function settle(db: Db, ids: string[], change: Prisma.Sql): Promise<void> {
  await db.$executeRaw`
    UPDATE notifications SET ${change}
    WHERE id = ANY(${ids.map(BigInt)}::bigint[]) AND mail_state IN ('PENDING', 'DIGEST')`;
}
