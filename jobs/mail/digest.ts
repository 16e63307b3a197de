import { mostTries } from '#app/domain/mail.ts';
import {
  claimDigest,
  listDigestReaders,
  mute,
  type ClaimedNotice,
} from '#app/models/outbox.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import type { Mailer } from './mailer.ts';
import { attempt, fateOf, readerOf, type MailParts } from './outbox.ts';
import { digestLetter } from './templates.ts';

/** Digests that could not go out; the queue tries again. */
export class DigestsLeft extends Error {}

/**
 * Sends everybody who chose so one mail of what has waited. What they have read in BQS since then is left
 * out, and so is what they may no longer read. Throws DigestsLeft where the mail server failed.
 */
export async function sendDigests(parts: MailParts): Promise<void> {
  const { db, mailer, signal } = parts;
  if (!mailer) return;
  for (const userId of await listDigestReaders(db)) {
    if (signal.aborted) throw new DigestsLeft('The worker stops before all digests are out.');
    const outcome = await sendDigest(parts, mailer, userId);
    if (outcome === 'postponed') throw new DigestsLeft('The mail server failed.');
  }
  // A worker that was killed holds its claim a while longer.
  if ((await listDigestReaders(db)).length > 0)
    throw new DigestsLeft('Another worker has claimed some of the digests.');
}

async function sendDigest(parts: MailParts, mailer: Mailer, userId: string) {
  const { db } = parts;
  const claimed = await claimDigest(db, userId);
  const viewer = await findViewer(db, userId);
  const notices: ClaimedNotice[] = [];
  for (const notice of claimed) {
    const fate = fateOf(notice, viewer);
    if (fate.state === 'MUTED') await mute(db, [notice.id], fate.reason);
    else if (notice.read) await mute(db, [notice.id], 'Read in BQS before the digest.');
    else notices.push(notice);
  }
  if (notices.length === 0) return 'nothing';
  const to = readerOf(viewer);
  const send = () => mailer.send(to, digestLetter(notices, to, parts.appUrl));
  // The queue does the waiting: the whole job is tried again.
  return attempt(parts, notices, send, (tries) => (tries < mostTries ? 0 : null));
}
