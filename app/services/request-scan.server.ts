import { sendJob } from '#app/lib/boss.server.ts';
import { log } from '#app/lib/log.server.ts';
import { scanQueue } from '#jobs/queues.ts';

/** Asks for a file to be scanned. Without the queue it stays unscanned, and can be asked for again. */
export async function requestScan(fileId: string): Promise<boolean> {
  try {
    await sendJob(scanQueue, { fileId });
    return true;
  } catch (error) {
    log.warn({ fileId, error: String(error) }, 'a scan could not be asked for');
    return false;
  }
}
