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
  /** The run that waits for a person's word, and what for. */
  heldRun: string | null;
  heldCause: HeldCause | null;
  /** Why the last run since the held one failed; null where it did not. */
  failedSince: string | null;
  /** What tempers the state: that the last sync was held and never counted. */
  note: string | null;
}

interface EndedFact {
  id: bigint;
  status: SyncStatus;
  errorMessage: string | null;
}

export interface FreshnessFacts {
  lastGood: Date | null;
  /** The last run that ended by itself; one that a person cancelled says nothing. */
  lastEnded: EndedFact | null;
  /** When the last held run that was then closed had ended, if nothing ended or got through since. */
  lastClosedHeld: Date | null;
  /** The run that is held now, whatever ran since. */
  held: { id: bigint; cause: HeldCause | null; errorMessage: string | null } | null;
  quarantined: number;
  running: SyncRun | null;
  cron: string;
  timeZone: string;
  now: Date;
}

const closedNote = 'The last sync was held and then closed, so it does not count.';

/** Grades the copy. What a person must act on comes before what time will mend. */
export function gradeFreshness(facts: FreshnessFacts): Freshness {
  const { lastGood, lastEnded, held, quarantined, running } = facts;
  const state = stateOf(facts);
  const failed = lastEnded?.status === 'FAILED' ? lastEnded : null;
  const trouble = { failed, held }[state as 'failed' | 'held'] ?? null;
  return {
    state,
    lastGood,
    next: nextDue(facts.cron, facts.timeZone, facts.now),
    lastError: trouble?.errorMessage ?? null,
    quarantined,
    running,
    heldRun: held?.id.toString() ?? null,
    heldCause: held?.cause ?? null,
    failedSince:
      held && failed && failed.id > held.id ? (failed.errorMessage ?? 'no reason is known') : null,
    note: !held && closedLast(facts) ? closedNote : null,
  };
}

function stateOf(facts: FreshnessFacts): FreshnessState {
  const { lastGood, lastEnded, held, cron, timeZone, now } = facts;
  if (held) return 'held';
  if (lastEnded?.status === 'FAILED' && !closedLast(facts)) return 'failed';
  if (!lastGood) return 'never';
  return now > expectedBy(cron, timeZone, lastGood) ? 'late' : 'on-time';
}

/** Whether the newest end of a sync is one that was held and closed: it neither failed nor got through. */
function closedLast({ lastClosedHeld, lastGood }: FreshnessFacts): boolean {
  return lastClosedHeld !== null && (lastGood === null || lastClosedHeld > lastGood);
}
