import { expectedBy, nextDue } from './schedule.ts';
import type { HeldCause, SyncPurpose, SyncStatus, SyncTrigger, SyncType } from './sync.ts';

/** One sync run as people see it. */
export interface SyncRun {
  id: string;
  syncType: SyncType;
  purpose: SyncPurpose;
  status: SyncStatus;
  trigger: SyncTrigger;
  /** Name of the person who asked for it. */
  requestedBy: string | null;
  totalFetched: number;
  newRecords: number;
  updatedRecords: number;
  unchangedRecords: number;
  failedRecords: number;
  removedRecords: number;
  reappearedRecords: number;
  startedAt: Date;
  completedAt: Date | null;
  durationSeconds: number | null;
  errorMessage: string | null;
  watermarkFrom: Date | null;
  watermarkTo: Date | null;
  heartbeatAt: Date | null;
  attempts: number;
  cancelRequested: boolean;
  /** What a run in progress waits for, in words; null while it gets on. */
  waiting: string | null;
  /** What a held run waits for; null for every other. */
  heldCause: HeldCause | null;
  /** The kind of fault of the CRM that ended the run, an OracleFault. */
  fault: string | null;
  /** The days a backfill reads. */
  rangeFrom: Date | null;
  rangeTo: Date | null;
}

export type FreshnessState = 'never' | 'on-time' | 'late' | 'failed' | 'held';

/** How far the copy can be trusted to be today's. */
export interface Freshness {
  state: FreshnessState;
  /** When the last sync that got through was done. */
  lastGood: Date | null;
  /** When the next scheduled one begins. */
  next: Date | null;
  /** Why the last sync did not get through; null where it did. */
  lastError: string | null;
  /** Records in quarantine. */
  quarantined: number;
  running: SyncRun | null;
  /** The run that waits for a person's word. */
  heldRun: string | null;
}

export interface FreshnessFacts {
  lastGood: Date | null;
  /** The last run that ended by itself; one that a person cancelled says nothing. */
  lastEnded: { status: SyncStatus; errorMessage: string | null } | null;
  quarantined: number;
  running: SyncRun | null;
  heldRun?: string | null;
  cron: string;
  timeZone: string;
  now: Date;
}

/** Grades the copy. What a person must act on comes before what time will mend. */
export function gradeFreshness(facts: FreshnessFacts): Freshness {
  const { lastGood, lastEnded, quarantined, running } = facts;
  const troubled = lastEnded?.status === 'FAILED' || lastEnded?.status === 'HELD';
  return {
    state: stateOf(facts),
    lastGood,
    next: nextDue(facts.cron, facts.timeZone, facts.now),
    lastError: troubled ? (lastEnded?.errorMessage ?? null) : null,
    quarantined,
    running,
    heldRun: facts.heldRun ?? null,
  };
}

function stateOf({ lastGood, lastEnded, cron, timeZone, now }: FreshnessFacts): FreshnessState {
  if (lastEnded?.status === 'HELD') return 'held';
  if (lastEnded?.status === 'FAILED') return 'failed';
  if (!lastGood) return 'never';
  return now > expectedBy(cron, timeZone, lastGood) ? 'late' : 'on-time';
}
