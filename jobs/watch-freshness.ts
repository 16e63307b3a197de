import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Db } from '#app/lib/db.server.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { nextPending } from '#app/models/sync-alert.server.ts';
import { tellSyncState } from '#app/services/tell-sync-state.server.ts';
import { alertQueue } from './queues.ts';

export interface FreshnessWatch {
  /** Judges now; never fails, so that what calls it goes on. */
  look(): Promise<void>;
  /** Resolves once nothing is being judged. */
  stop(): Promise<void>;
}

/**
 * Judges the freshness every minute and whenever it is asked to, and tells of what has changed. Every
 * minute too the queue hears of webhooks that are still to be called, whose job may have been lost.
 */
export function watchFreshness(
  parts: { db: Db; boss: Pick<PgBoss, 'send'>; webhook: boolean; log: Logger },
  everyMs = 60_000,
): FreshnessWatch {
  const { db, boss, webhook, log } = parts;
  let current: Promise<void> = Promise.resolve();
  const judge = async () => {
    try {
      const told = await tellSyncState({ webhook });
      if (told) log.info({ state: told }, 'alert');
      if (webhook && (await nextPending(db))) await boss.send(alertQueue.name, {});
    } catch (error) {
      log.error({ error: faultLine(error) }, 'alert fault');
    }
  };
  // One after the other: what has changed while one looks is seen by the next.
  const look = () => (current = current.then(judge));
  const timer = setInterval(() => void look(), everyMs);
  void look();
  return {
    look,
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
