import { scheduleQueue } from '../queues.ts';
import type { Runner } from '../runner.ts';

/** Begins a sync by the clock. */
export async function handleScheduled(runner: Runner, jobs: { data: unknown }[]): Promise<void> {
  for (const job of jobs) {
    const { mode } = scheduleQueue.payload.parse(job.data);
    await runner.begin(mode, 'SCHEDULE');
  }
}
