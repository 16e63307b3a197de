import { z } from 'zod';

/** Definitions only: the web sends by them, the worker handles by them. */
const common = {
  // One job of a kind, waiting or at work; another sync then would only be told that one runs.
  policy: 'exclusive',
  expireInSeconds: 12 * 60 * 60,
  // A job whose worker died is not left to block its queue until it expires.
  heartbeatSeconds: 60,
  deleteAfterSeconds: 14 * 24 * 60 * 60,
} as const;

/** Carries out the run that waits in sync_logs. Losing the job is harmless: workers also look for themselves. */
export const runQueue = {
  name: 'sync-run',
  payload: z.object({ runId: z.string() }),
  options: { ...common, retryLimit: 0 },
} as const;

/**
 * Begins a run by the clock. One that fails is begun again, since the next one may be a day away; where the
 * circuit has opened by then, the job counts as done (its first wait is longer, see app/domain/circuit.ts).
 */
export const scheduleQueue = {
  name: 'sync-schedule',
  payload: z.object({ mode: z.enum(['FULL', 'INCREMENTAL']) }),
  options: { ...common, retryLimit: 2, retryDelay: 10 * 60 },
} as const;

/** Sends the digests and removes old notices, once a day; tried again while the mail server fails. */
export const dailyMailQueue = {
  name: 'daily-mail',
  payload: z.object({}),
  options: {
    ...common,
    expireInSeconds: 60 * 60,
    retryLimit: 7,
    retryDelay: 60,
    retryBackoff: true,
  },
} as const;

/** Has a file judged by the scanner. While that is down the file waits, for some hours by itself. */
export const scanQueue = {
  name: 'evidence-scan',
  payload: z.object({ fileId: z.guid() }),
  options: {
    policy: 'standard',
    expireInSeconds: 5 * 60,
    deleteAfterSeconds: 14 * 24 * 60 * 60,
    retryLimit: 10,
    retryDelay: 15,
    retryBackoff: true,
  },
} as const;

/** Tells of decision clocks; what one misses the next one tells. */
export const clockQueue = {
  name: 'decision-clock',
  payload: z.object({}),
  options: { ...common, expireInSeconds: 10 * 60, retryLimit: 0 },
} as const;

/** Calls the webhook for the alerts that wait. While it fails, they wait for half an hour or so. */
export const alertQueue = {
  name: 'sync-alert',
  payload: z.object({}),
  options: {
    ...common,
    expireInSeconds: 10 * 60,
    retryLimit: 6,
    retryDelay: 15,
    retryBackoff: true,
  },
} as const;

/** Compares the people with the identities in Ory; tried again while Ory is out of reach. */
export const reconcileQueue = {
  name: 'identity-reconcile',
  payload: z.object({}),
  options: {
    ...common,
    expireInSeconds: 60 * 60,
    retryLimit: 5,
    retryDelay: 60,
    retryBackoff: true,
  },
} as const;

export const queues = [
  runQueue,
  scheduleQueue,
  dailyMailQueue,
  scanQueue,
  clockQueue,
  alertQueue,
  reconcileQueue,
] as const;
