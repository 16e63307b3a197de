import type { Db } from './db.server.ts';

/** What BQS cannot work without. The answer is open to anybody, so it names no host and no cause. */
export interface Readiness {
  database: 'ok' | 'failed';
  ory: 'ok' | 'failed';
  queue: 'ok' | 'failed';
}

const patience = 2000;

/** Asks each part for a sign of life, all at once, each for two seconds at most. */
export async function checkReadiness(db: Db, oryPublicUrl: string): Promise<Readiness> {
  const [database, queue, ory] = await Promise.all([
    within(db.$queryRaw`SELECT 1 FROM opportunities LIMIT 1`),
    within(db.$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
    within(askOry(oryPublicUrl)),
  ]);
  return { database, ory, queue };
}

async function askOry(publicUrl: string): Promise<void> {
  const response = await fetch(`${publicUrl}/health/ready`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  });
  const said = await beginningOf(response);
  // A page of whatever stands before it, such as a proxy's, is no sign of life.
  if (!response.ok || !/"status"\s*:\s*"ok"/.test(said)) {
    throw new Error(`health/ready answered ${response.status}`);
  }
}

/** The first piece of an answer; of a short one that is all. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

/** A connection that hangs must not hang the check. */
async function within(asked: Promise<unknown>): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failed'>((settle) => {
    timer = setTimeout(() => settle('failed'), patience);
  });
  const answer = asked.then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
