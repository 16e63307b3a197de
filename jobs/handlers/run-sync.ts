import { runQueue } from '../queues.ts';
import type { Runner } from '../runner.ts';

/** Carries out the run that waits in sync_logs; the payload says which, though only one can. */
export async function handleRun(runner: Runner, jobs: { data: unknown }[]): Promise<void> {
  for (const job of jobs) {
    runQueue.payload.parse(job.data);
    await runner.takeOver();
  }
}
