import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Circuit } from '#app/domain/circuit.ts';
import type { SyncTrigger, SyncType } from '#app/domain/sync.ts';
import { createOracleClient } from './oracle/client.ts';
import type { OracleConfig } from './oracle/config.ts';
import { createMapper } from './oracle/map.ts';
import { claimRun, startRun } from './sync/lease.ts';
import { rulesInForce } from './sync/mapping-rules.ts';
import { createWaitingNote } from './sync/tell-waiting.ts';
import type { LeasedRun } from './sync/run.ts';
import { runSync, type SyncOutcome } from './sync/run-sync.ts';

/** A sync that ended as FAILED; the queue decides whether it is begun again. */
export class SyncFailed extends Error {}

export interface Runner {
  /** Carries out the run that waits or was left behind, if there is one. Throws SyncFailed. */
  takeOver(): Promise<void>;
  /**
   * Begins a run of its own; does nothing but say so where one is running, or by the clock while the
   * circuit is open. Throws SyncFailed.
   */
  begin(syncType: SyncType, trigger: SyncTrigger): Promise<void>;
  /** Resolves when nothing is at work. */
  idle(): Promise<void>;
}

/** Runs syncs in this process, one at a time. `signal` is aborted with WorkerStopping at the end. */
export function createRunner(parts: {
  pool: Pool;
  oracle: OracleConfig;
  log: Logger;
  signal: AbortSignal;
  /** Whether the clock may begin a sync. */
  circuit: () => Promise<Circuit>;
  /** Told after every run, however it ended. */
  onEnd: () => Promise<void>;
}): Runner {
  const { pool, log, signal } = parts;
  let current: Promise<void> | null = null;

  async function carryOut(run: LeasedRun) {
    const at = { runId: run.id, syncType: run.syncType, cursor: run.cursor?.toString() ?? null };
    log.info(at, run.cursor === null ? 'sync begins' : 'sync is taken over');
    const tellWaiting = createWaitingNote(pool, run, (err) =>
      log.warn({ runId: run.id, err }, 'what the sync waits for could not be noted'),
    );
    const client = createOracleClient(parts.oracle, {
      onRetry: ({ message, ...rest }) => {
        log.warn({ runId: run.id, ...rest }, message);
        tellWaiting({ message, ...rest });
      },
    });
    const onNote = (message: string) => log.warn({ runId: run.id }, message);
    const { concurrency } = parts.oracle;
    try {
      const map = createMapper(parts.oracle.fields, await rulesInForce(pool));
      report(run, await runSync({ pool, client, map, signal, concurrency, onNote }, run));
    } finally {
      await parts.onEnd();
    }
  }

  function report(run: LeasedRun, { status, message }: SyncOutcome) {
    const level =
      status === 'FAILED' ? 'error' : status === 'HELD' || status === 'LOST' ? 'warn' : 'info';
    log[level]({ runId: run.id, status, ...(message && { reason: message }) }, 'sync ended');
    if (status === 'FAILED') throw new SyncFailed(message ?? 'The sync failed.');
  }

  async function isOpen(syncType: SyncType): Promise<boolean> {
    const circuit = await parts.circuit();
    if (circuit.state !== 'open') return false;
    const { until, failures, fault } = circuit;
    log.warn({ syncType, until, failures, fault }, 'the circuit is open; this sync is left out');
    return true;
  }

  async function exclusively(claim: () => Promise<LeasedRun | null>) {
    // Whoever comes second waits: what it came for may be left when the first is done.
    while (current) await current.catch(() => undefined);
    if (signal.aborted) return;
    current = claim()
      .then((run) => (run ? carryOut(run) : undefined))
      .finally(() => (current = null));
    return current;
  }

  return {
    takeOver: () => exclusively(() => claimRun(pool)),
    begin: (syncType, trigger) =>
      exclusively(async () => {
        if (trigger === 'SCHEDULE' && (await isOpen(syncType))) return null;
        const run = await startRun(pool, { syncType, trigger });
        if (!run) log.info({ syncType }, 'a sync is running already; this one is left out');
        return run;
      }),
    async idle() {
      while (current) await current.catch(() => undefined);
    },
  };
}
