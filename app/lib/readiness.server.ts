import type { Db } from './db.server.ts';
import { faultLine } from './fault-line.ts';
import { log } from './log.server.ts';

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
    within('database', db.$queryRaw`SELECT 1 FROM opportunities LIMIT 1`),
    within('queue', db.$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
    within('ory', askOry(oryPublicUrl)),
  ]);
  return { database: stateOf(database), ory: stateOf(ory), queue: stateOf(queue) };
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

const stateOf = (heard: object | null) => (heard ? 'ok' : 'failed');

/** Why a part last failed a check; probes come every few seconds and say the same until somebody acts. */
const causes = new Map<string, string>();

/**
 * What a part of BQS answers a health check, or null where it fails or takes too long: a connection that hangs
 * must not hang the check. The log is told why, once for as long as the cause stays the same.
 */
export async function within<T>(part: string, asked: Promise<T>): Promise<{ answer: T } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${patience / 1000} s`)), patience);
  });
  try {
    const answer = await Promise.race([asked, late]);
    causes.delete(part);
    return { answer };
  } catch (error) {
    const cause = faultLine(error);
    if (causes.get(part) !== cause) log.warn({ part, error: cause }, 'health check failed');
    causes.set(part, cause);
    return null;
  } finally {
    clearTimeout(timer);
  }
}
