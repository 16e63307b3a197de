import { readKeptDays } from '#app/domain/mail.ts';
import { removeReadNotices } from '#app/models/outbox.server.ts';
import { sendDigests } from '../mail/digest.ts';
import type { MailParts } from '../mail/outbox.ts';

/** Removes what was read long ago, then sends the digests. What it throws makes the queue try again. */
export async function handleDailyMail(parts: MailParts): Promise<void> {
  const removed = await removeReadNotices(parts.db, readKeptDays);
  if (removed > 0) parts.log.info({ removed }, 'old notices removed');
  await sendDigests(parts);
}
