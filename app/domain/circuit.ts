import type { SyncStatus } from './sync.ts';

/** A sync that has ended, as far as the circuit looks at it. */
export interface EndedSync {
  status: SyncStatus;
  /** The kind of fault of the CRM, an OracleFault; null where the CRM is not to blame. */
  fault: string | null;
  completedAt: Date | null;
}

/**
 * Whether scheduled syncs go to the CRM. `half-open`: the wait is over, the next one tries; what becomes of
 * it closes the circuit or opens it again, for longer.
 */
export type Circuit =
  | { state: 'closed' }
  | {
      state: 'open' | 'half-open';
      /** When the failure came that opened it first. */
      since: Date;
      /** Until when no scheduled sync is begun. */
      until: Date;
      failures: number;
      /** The kind of fault of the last failure. */
      fault: string;
    };

const minute = 60_000;

/** Longer than a scheduled sync waits to be tried again (jobs/queues.ts), which so falls into the wait. */
const firstWait = 15 * minute;
const longestWait = 6 * 60 * minute;

/** Failures in a row that open the circuit. Refusals of our account open it sooner: accounts get locked. */
const failuresToOpen = 3;
const refusalsToOpen = 2;
const refusals: readonly string[] = ['credentials', 'forbidden'];

/** How far back the rule looks: weeks, even of an open circuit. */
export const syncsJudged = 200;

/**
 * Judges the last ordinary syncs, the newest first. What a person cancelled and what broke by our own
 * fault says nothing of the CRM; any other end closes the circuit, a held one too: the CRM has answered.
 */
export function judgeCircuit(syncs: readonly EndedSync[], now: Date): Circuit {
  const telling = syncs.filter(
    ({ status, fault }) =>
      status !== 'RUNNING' && status !== 'CANCELLED' && !(status === 'FAILED' && fault === null),
  );
  const failed = leading(telling, ({ status }) => status === 'FAILED');
  const refused = leading(failed, ({ fault }) => refusals.includes(fault ?? ''));
  const beyond = Math.max(failed.length - failuresToOpen, refused.length - refusalsToOpen);
  const last = failed[0];
  if (beyond < 0 || !last?.completedAt) return { state: 'closed' };
  const until = new Date(
    last.completedAt.getTime() + Math.min(firstWait * 2 ** beyond, longestWait),
  );
  return {
    state: now < until ? 'open' : 'half-open',
    since: failed[beyond]?.completedAt ?? last.completedAt,
    until,
    failures: failed.length,
    fault: last.fault ?? '',
  };
}

/** Those at the beginning for which it holds. */
function leading<T>(all: readonly T[], holds: (one: T) => boolean): T[] {
  const end = all.findIndex((one) => !holds(one));
  return all.slice(0, end === -1 ? all.length : end);
}
