import type { Pool } from 'pg';
import { leaseSeconds } from '#app/domain/sync.ts';
import { beat } from './lease.ts';
import { LeaseLost, RunCancelled, type LeasedRun } from './run.ts';

export interface KeptAlive {
  /** Aborts when the given signal does, when someone cancels the run, and when the lease is lost. */
  signal: AbortSignal;
  stop(): void;
}

/** Beats for a run by the clock, also while a page is slow, until stopped. */
export function keepAlive(
  pool: Pool,
  run: LeasedRun,
  signal: AbortSignal,
  everyMs = 2000,
): KeptAlive {
  const controller = new AbortController();
  const forward = () => controller.abort(signal.reason);
  if (signal.aborted) forward();
  signal.addEventListener('abort', forward, { once: true });
  let heardAt = Date.now();
  const timer = setInterval(async () => {
    try {
      const state = await beat(pool, run);
      heardAt = Date.now();
      if (state === 'cancel-requested')
        controller.abort(new RunCancelled('Cancelled by a person.'));
      if (state === 'lost')
        controller.abort(new LeaseLost(`Run ${run.id} is another worker's by now.`));
    } catch {
      // The database may be back at the next beat; a run unheard of for too long is another's by then.
      const tooLong = Date.now() - heardAt > leaseSeconds * 1000;
      if (tooLong) controller.abort(new LeaseLost(`Run ${run.id} could not be kept alive.`));
    }
  }, everyMs);
  return {
    signal: controller.signal,
    stop() {
      clearInterval(timer);
      signal.removeEventListener('abort', forward);
    },
  };
}
