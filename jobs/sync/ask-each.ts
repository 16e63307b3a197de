import { mostRefusals } from '#app/domain/gone.ts';
import type { OracleFault } from '#app/domain/sync-fault.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { addToRun } from './apply-single.ts';
import { noCounts, RunCancelled, type PageCounts } from './run.ts';
import { transaction } from './transaction.ts';
import type { Work } from './work.ts';

/** What may be the matter with one record alone, the pages having come through a moment ago. */
const ofOneRecord = new Set<OracleFault>([
  'rejected',
  'forbidden',
  'unexpected-body',
  'out-of-order',
  'unavailable',
  'timeout',
]);

/**
 * Asks for one after another. One that fails is passed over and told to `refused`; a fault of the CRM as a
 * whole, or many of those, leaves the rest for the next run. Answers whether to go on asking.
 */
export async function askEach<T>(
  work: Work,
  items: T[],
  ask: (item: T) => Promise<void>,
  refused: (item: T) => Promise<void>,
): Promise<boolean> {
  let refusals = 0;
  for (const item of items) {
    work.signal.throwIfAborted();
    try {
      await ask(item);
    } catch (error) {
      if (!(error instanceof OracleError)) throw error;
      const ofThisKey = ofOneRecord.has(error.fault);
      if (ofThisKey) await refused(item);
      if (ofThisKey && ++refusals < mostRefusals) {
        work.parts.onNote?.(`One record could not be asked for by itself. ${error.message}`);
        continue;
      }
      work.parts.onNote?.(`Single records are left for the next run. ${error.message}`);
      return false;
    }
  }
  return true;
}

/** Writes what came of one, with the counters, where the run is still ours. Throws RunCancelled after it. */
export async function writeAnswer(
  work: Work,
  write: () => Promise<{ counts?: PageCounts; removed?: number } | undefined>,
): Promise<void> {
  const client = work.connections[0]!;
  const { cancelRequested } = await transaction(client, async () => {
    const { counts = noCounts, removed = 0 } = (await write()) ?? {};
    return addToRun(client, work.run, counts, removed);
  });
  if (cancelRequested) throw new RunCancelled('Cancelled by a person.');
}
