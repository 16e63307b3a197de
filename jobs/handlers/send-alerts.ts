import type { Logger } from 'pino';
import { alertNames } from '#app/domain/alert.ts';
import type { Db } from '#app/lib/db.server.ts';
import { nextPending, noteCall, type SyncAlert } from '#app/models/sync-alert.server.ts';
import { callWebhook, WebhookFault } from '../webhook.ts';

export interface AlertParts {
  db: Db;
  /** Null where none is set; alerts then stay in BQS. */
  webhookUrl: string | null;
  appUrl: string;
  log: Logger;
}

/** What of a job tells whether the queue tries it again. */
export type AlertJob = { retryCount: number; retryLimit: number };

/**
 * Calls the webhook for every alert that waits, the oldest first, so that none is overtaken by its
 * recovery. What it throws makes the queue try again; after the last try the alert is given up.
 */
export async function handleAlerts(parts: AlertParts, jobs: readonly AlertJob[]): Promise<void> {
  const { db, webhookUrl } = parts;
  if (!webhookUrl) return;
  const last = jobs.every(({ retryCount, retryLimit }) => retryCount >= retryLimit);
  for (let alert = await nextPending(db); alert; alert = await nextPending(db)) {
    await send(parts, webhookUrl, alert, last);
  }
}

async function send(parts: AlertParts, webhookUrl: string, alert: SyncAlert, last: boolean) {
  const { db, appUrl, log } = parts;
  try {
    await callWebhook(webhookUrl, {
      state: alert.state && alertNames[alert.state],
      previous: alert.previous && alertNames[alert.previous],
      message: alert.message,
      at: alert.createdAt.toISOString(),
      url: `${appUrl}/sync`,
    });
  } catch (error) {
    if (!(error instanceof WebhookFault)) throw error;
    const webhook = last ? 'FAILED' : 'PENDING';
    await noteCall(db, alert.id, { webhook, webhookError: error.message });
    log.warn({ alert: alert.id, givenUp: last, reason: error.message }, 'alert not sent');
    throw error;
  }
  await noteCall(db, alert.id, { webhook: 'SENT', webhookError: null });
  log.info({ alert: alert.id, state: alert.state }, 'alert sent');
}
