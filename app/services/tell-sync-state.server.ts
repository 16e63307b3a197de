import { aboutOf, alertDue, alertWords, type AlertState } from '#app/domain/alert.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { formatSpan, momentIn } from '#app/lib/format.ts';
import { notify, peopleHolding } from '#app/models/notification.server.ts';
import { addAlert, dropPending, lastTold, lockAlerts } from '#app/models/sync-alert.server.ts';
import { getCircuit, triesAgain } from '#app/models/sync-circuit.server.ts';
import { getFreshness } from '#app/models/sync-log.server.ts';

/**
 * Tells those who run the sync when its state has changed since they were told last: once, however many
 * workers look. `webhook` says whether one is to be called too. Answers the state told; null for none.
 */
export async function tellSyncState({
  webhook,
  now = new Date(),
}: {
  webhook: boolean;
  now?: Date;
}): Promise<AlertState | null> {
  return db.$transaction(
    async (tx) => {
      await lockAlerts(tx);
      if (!webhook) await dropPending(tx);
      const told = await lastTold(tx);
      const freshness = await getFreshness(tx, now);
      const about = aboutOf(freshness);
      const state = alertDue(told, freshness.state, about);
      if (!state) return null;
      const { lastError, lastGood, heldCause, failedSince, note } = freshness;
      // A sync that the open circuit leaves out is none to wait for.
      const next = triesAgain(await getCircuit(tx, now), now) ?? freshness.next;
      const { troubledSince, state: previous } = told;
      const { title, body } = alertWords({
        state,
        previous,
        lastError,
        heldCause,
        failedSince,
        note,
        lastGood: lastGood && momentWords(lastGood),
        next: next && momentWords(next),
        lasted: troubledSince && lastedWords(now.getTime() - troubledSince.getTime()),
      });
      await addAlert(tx, { state, previous, about, message: `${title}. ${body}`, webhook });
      const people = await peopleHolding(tx, 'run:sync');
      const notice = { topic: 'sync' as const, path: '/sync', opportunityId: null };
      await notify(tx, people, { ...notice, title, body });
      return state;
    },
    { maxWait: 20_000, timeout: 20_000 },
  );
}

function lastedWords(milliseconds: number): string {
  return milliseconds < 60_000 ? 'less than a minute' : formatSpan(milliseconds);
}

/** A moment where the sync keeps its time: a notice has no viewer's zone. */
function momentWords(at: Date): string {
  const { day, time } = momentIn(at, env.SYNC_TIMEZONE);
  return `${day}, ${time} (${env.SYNC_TIMEZONE})`;
}
