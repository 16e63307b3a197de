/** The values of the `sync_type`, `status` and `trigger` columns of sync_logs. */
export type SyncType = 'FULL' | 'INCREMENTAL';
export type SyncStatus = 'RUNNING' | 'SUCCESS' | 'PARTIAL' | 'FAILED' | 'CANCELLED' | 'HELD';
export type SyncTrigger = 'SCHEDULE' | 'PERSON' | 'COMMAND' | 'START';

/** What a run is for, as the `purpose` column holds it. */
export const syncPurposes = [
  'SYNC',
  'BACKFILL',
  'DRY_RUN',
  'RECONCILE',
  'REPAIR',
  'REPLAY',
] as const;
export type SyncPurpose = (typeof syncPurposes)[number];

export interface PurposeTraits {
  /** Reads page after page, or goes to the run's targets one by one. */
  reads: 'pages' | 'targets';
  /** Whether opportunities are written; else what would be is kept as previews. */
  writes: boolean;
  /** Whether its success moves the watermark, marks what is missing and counts as fresh. */
  settles: boolean;
}

export const purposeTraits: Record<SyncPurpose, PurposeTraits> = {
  SYNC: { reads: 'pages', writes: true, settles: true },
  BACKFILL: { reads: 'pages', writes: true, settles: false },
  DRY_RUN: { reads: 'pages', writes: false, settles: false },
  RECONCILE: { reads: 'pages', writes: false, settles: false },
  REPAIR: { reads: 'targets', writes: true, settles: false },
  REPLAY: { reads: 'targets', writes: true, settles: false },
};

/** The purposes whose runs write opportunities. */
export const writingPurposes = syncPurposes.filter((purpose) => purposeTraits[purpose].writes);

/** What came of one target of a repair or a replay. */
export const targetOutcomes = [
  'ADDED',
  'UPDATED',
  'UNCHANGED',
  'NOT_FOUND',
  'QUARANTINED',
  'FAILED',
] as const;
export type TargetOutcome = (typeof targetOutcomes)[number];

/** What a run waits for and when it tries again, in words; null where it waits for nothing. */
export function waitingWords(cause: string | null, until: Date | null, now: Date): string | null {
  if (cause === null || until === null) return null;
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  return seconds > 0 ? `${cause} Trying again in ${seconds} s.` : `${cause} Trying again now.`;
}

/** What a held run waits for a person to say. */
export type HeldCause = 'MISSING' | 'FIELD_VANISHED';

/** Why a record is in quarantine, and the same in words for people. */
export const quarantineCauses = {
  'not-an-object': 'Not a record',
  'no-id': 'No OptyId',
  'bad-id': 'OptyId is not a usable number',
  'nul-character': 'Holds a NUL character',
  'broken-text': 'Holds half a character',
  'impossible-date': 'Impossible date',
  'impossible-instant': 'Impossible timestamp',
  'not-a-number': 'Not a number',
  'number-overflow': 'Number out of range',
  'not-text': 'Not text',
  'too-deep': 'Nested too deeply',
  'refused-by-database': 'Refused by the database',
} as const;

export type QuarantineCause = keyof typeof quarantineCauses;

/** How far behind the watermark a delta begins: changes may become visible later than they are stamped. */
export const overlapMs = 15 * 60 * 1000;

/** A run whose holder has not been heard of for this long is anybody's. */
export const leaseSeconds = 30;

/** A run taken over more often than this is given up. */
export const mostAttempts = 5;

/** Where a delta begins. */
export function deltaSince(watermark: Date): Date {
  return new Date(watermark.getTime() - overlapMs);
}

/**
 * The watermark a run may promote: never beyond what it saw nor beyond its own beginning, by the CRM's
 * clock and by ours, and never behind the one it began with.
 */
export function nextWatermark(run: {
  from: Date | null;
  maxSeen: Date | null;
  startedAt: Date;
  /** CRM clock minus ours, in milliseconds; null where the CRM sent no clock. */
  clockSkewMs: number | null;
}): Date | null {
  if (!run.maxSeen) return run.from;
  const began = run.startedAt.getTime() + Math.min(0, run.clockSkewMs ?? 0);
  const reached = Math.min(run.maxSeen.getTime(), began);
  return new Date(Math.max(reached, run.from?.getTime() ?? -Infinity));
}

export interface SweepOutcome {
  /** Opportunities in our copy that the sweep did not see. */
  missing: number;
  /** Opportunities in our copy not yet marked gone. */
  live: number;
  /** Records the CRM sent. */
  fetched: number;
}

/** How many opportunities a complete sweep may mark as gone by itself. */
export function mostMissing(live: number): number {
  return Math.max(20, Math.floor(live * 0.02));
}

const grouped = (count: number) => count.toLocaleString('en-US');

/** Why a complete sweep must wait for a person before it marks anything gone; null where it need not. */
export function reasonToHold({ missing, live, fetched }: SweepOutcome): string | null {
  if (missing === 0) return null;
  if (fetched === 0) {
    return `The CRM sent no opportunity at all, while BQS has ${grouped(live)}. Nothing has been marked gone.`;
  }
  if (missing <= mostMissing(live)) return null;
  return `${grouped(missing)} of ${grouped(live)} opportunities were not sent by the CRM, more than a sweep may mark gone by itself.`;
}
