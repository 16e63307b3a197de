import type { Logger } from 'pino';
import { mailFate, mostTries, nextTryMinutes, type MailFate } from '#app/domain/mail.ts';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import {
  claimNotice,
  giveUp,
  keepForDigest,
  markSent,
  mute,
  muteAll,
  postpone,
  type ClaimedNotice,
} from '#app/models/outbox.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { MailFault, type Mailer } from './mailer.ts';
import { noticeLetter } from './templates.ts';

/** What sending mails takes. `mailer` is null where no mail server is set. */
export interface MailParts {
  db: Db;
  mailer: Mailer | null;
  appUrl: string;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Sends the mails that are due, the oldest first, until none is left or the mail server fails. A notice is
 * claimed before its mail goes out and marked after; a worker killed between the two leaves a claim that
 * runs out, and another sends the mail again, under the same Message-ID. So a mail comes at least once.
 */
export async function sendDueMails(parts: MailParts): Promise<void> {
  const { db, mailer, log, signal } = parts;
  if (!mailer) {
    await muteAll(db);
    return;
  }
  while (!signal.aborted) {
    const notice = await claimNotice(db);
    if (!notice) return;
    if (notice.tries > mostTries) {
      await giveUp(db, [notice.id], `Given up: sending was interrupted ${mostTries} times.`);
      continue;
    }
    const viewer = await findViewer(db, notice.userId);
    const fate = fateOf(notice, viewer);
    if (fate.state === 'MUTED') await mute(db, [notice.id], fate.reason);
    else if (fate.state === 'DIGEST') await keepForDigest(db, notice.id);
    else {
      const to = readerOf(viewer);
      const sent = await attempt({ db, log }, [notice], () =>
        mailer.send(to, noticeLetter(notice, to, parts.appUrl)),
      );
      // The next mail would fare no better, and each try counts.
      if (sent === 'postponed') return;
    }
  }
}

/** What becomes of a notice's mail as rights and choices stand now. */
export function fateOf(notice: ClaimedNotice, viewer: Viewer | null): MailFate {
  return mailFate({
    hasRole: viewer !== null && viewer.roles.length > 0,
    verifiedEmail: viewer?.verifiedEmail ?? null,
    mayRead:
      notice.opportunity === null ||
      (viewer !== null && inScope(scopeOf(viewer, 'read:opportunity'), notice.opportunity)),
    choice: notice.choice,
  });
}

/** Whom a mail goes to, once `fateOf` has said that it goes. */
export function readerOf(viewer: Viewer | null): { id: string; name: string; address: string } {
  if (!viewer?.verifiedEmail) throw new Error('A mail was about to go to no verified address.');
  return { id: viewer.id, name: viewer.name, address: viewer.verifiedEmail };
}

/**
 * Sends one mail for these notices and writes down how it went. `wait` gives the minutes before the next
 * try, by how many there were; null where there is none.
 */
export async function attempt(
  { db, log }: Pick<MailParts, 'db' | 'log'>,
  notices: ClaimedNotice[],
  send: () => Promise<void>,
  wait: (tries: number) => number | null = nextTryMinutes,
): Promise<'sent' | 'failed' | 'postponed'> {
  const ids = notices.map(({ id }) => id);
  try {
    await send();
  } catch (error) {
    if (!(error instanceof MailFault)) throw error;
    return noteFault({ db, log }, notices, error.permanent ? () => null : wait, error.message);
  }
  await markSent(db, ids);
  log.info({ notices: ids.length }, 'mail sent');
  return 'sent';
}

async function noteFault(
  { db, log }: Pick<MailParts, 'db' | 'log'>,
  notices: ClaimedNotice[],
  wait: (tries: number) => number | null,
  message: string,
): Promise<'failed' | 'postponed'> {
  const byTries = Map.groupBy(notices, ({ tries }) => tries);
  let left = false;
  for (const [tries, group] of byTries) {
    const ids = group.map(({ id }) => id);
    const minutes = wait(tries);
    if (minutes === null) await giveUp(db, ids, message);
    else await postpone(db, ids, { minutes, error: message });
    left ||= minutes !== null;
    // The server's words may hold an address, so they stay in the row.
    const level = minutes === null ? 'error' : 'warn';
    log[level]({ notices: ids.length, tries, nextTryMinutes: minutes }, 'mail not sent');
  }
  return left ? 'postponed' : 'failed';
}
