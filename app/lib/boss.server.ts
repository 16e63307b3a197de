import { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import { env } from './env.server.ts';

/** What `jobs/queues.ts` says of a queue. */
interface QueueDefinition<Payload extends z.ZodType<object>> {
  name: string;
  payload: Payload;
}

let starting: Promise<PgBoss> | null = null;

/**
 * Sends a job from the web, whose pg-boss only produces: schema, schedules and upkeep are the worker's.
 * Returns the job's id, or null where the queue takes no second one. Throws while no worker has ever
 * been up on this database.
 */
export async function sendJob<Payload extends z.ZodType<object>>(
  queue: QueueDefinition<Payload>,
  payload: z.input<Payload>,
): Promise<string | null> {
  const boss = await producer();
  return boss.send(queue.name, queue.payload.parse(payload));
}

/** Lets the connections go; for tests. The web's end with its process, once what they send has an answer. */
export async function stopProducer(): Promise<void> {
  const boss = await starting?.catch(() => null);
  starting = null;
  await boss?.stop({ graceful: false });
}

function producer(): Promise<PgBoss> {
  starting ??= start().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting;
}

async function start(): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    max: 2,
    schedule: false,
    supervise: false,
    migrate: false,
    createSchema: false,
  });
  // Unheard, an error event would end the process; what fails for good fails the call that needs it.
  boss.on('error', () => undefined);
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
}
