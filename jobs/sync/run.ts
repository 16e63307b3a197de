import type { Lane } from '#app/domain/lanes.ts';
import type { HeldCause, SyncPurpose, SyncType } from '#app/domain/sync.ts';

/** A run this process holds the lease of. */
export interface LeasedRun {
  id: string;
  lease: string;
  syncType: SyncType;
  purpose: SyncPurpose;
  /** OptyId up to which everything is committed; null before the first page. */
  cursor: bigint | null;
  /** The key ranges the walk goes through, in order; null before it has begun. */
  lanes: Lane[] | null;
  startedAt: Date;
  watermarkFrom: Date | null;
  /** Days of the CRM's last update a backfill reads, `YYYY-MM-DD`, both included. */
  range: { from: string; to: string } | null;
}

export interface PageCounts {
  fetched: number;
  added: number;
  updated: number;
  unchanged: number;
  failed: number;
  reappeared: number;
}

export const noCounts: PageCounts = {
  fetched: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  reappeared: 0,
};

export function addCounts(one: PageCounts, other: PageCounts): PageCounts {
  return {
    fetched: one.fetched + other.fetched,
    added: one.added + other.added,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    failed: one.failed + other.failed,
    reappeared: one.reappeared + other.reappeared,
  };
}

/** The run may not go on before a person has said how. */
export class RunHeld extends Error {
  readonly heldCause: HeldCause;

  constructor(heldCause: HeldCause, message: string) {
    super(message);
    this.heldCause = heldCause;
  }
}

/** Someone asked the run to end. */
export class RunCancelled extends Error {}

/** This process is going away; the run is another's to continue. */
export class WorkerStopping extends Error {}

/** Another worker has taken the run over; nothing may be written for it any more. */
export class LeaseLost extends Error {}
