import { scanEvidence } from '#app/services/scan-evidence.server.ts';
import { scanQueue } from '../queues.ts';

/** Has files judged by the scanner; one that cannot be judged now fails its job, and is tried again. */
export async function handleScan(
  scanner: string | undefined,
  jobs: { data: unknown }[],
): Promise<void> {
  for (const job of jobs) {
    const { fileId } = scanQueue.payload.parse(job.data);
    await scanEvidence(fileId, scanner);
  }
}
