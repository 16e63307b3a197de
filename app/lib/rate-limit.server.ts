import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '#app/domain/rate-limit.ts';
import { pool } from './db.server.ts';
import { env } from './env.server.ts';
import { log } from './log.server.ts';

/** One limit with what it is counted by in this request. */
export interface Count {
  limit: RateLimit;
  key: string;
}

/** The limit that is used up, and in how many seconds there is room again. */
export interface UsedUp {
  limit: RateLimit;
  retryAfter: number;
}

const limiters = new Map<string, RateLimiterPostgres>();
let cleans = false;

/**
 * Counts a request towards each limit in turn, up to the first that is used up; that one comes back. The
 * counts are kept in Postgres, for all web processes together, and in memory while it is away.
 */
export async function countTowards(
  counts: readonly Count[],
  requestId?: string,
): Promise<UsedUp | null> {
  if (env.RATE_LIMITS === 'off') return null;
  // Whoever is over a wide limit writes no row for each new narrow key either.
  for (const count of counts) {
    const left = blockedFor(count);
    if (left > 0) return usedUp(count.limit, left, requestId);
  }
  for (const { limit, key } of counts) {
    try {
      await limiterOf(limit).consume(digest(key));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return usedUp(limit, refusal.msBeforeNext, requestId);
    }
  }
  return null;
}

function usedUp(limit: RateLimit, ms: number, requestId?: string): UsedUp {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  log.warn({ requestId, limit: limit.kind, by: limit.by, retryAfter }, 'limit is used up');
  return { limit, retryAfter };
}

/** For how many milliseconds this process knows a limit to be used up, without asking the database. */
function blockedFor({ limit, key }: Count): number {
  const limiter = limiterOf(limit) as RateLimiterPostgres & Blocking;
  return limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(digest(key)));
}

/** A method the library has and its types leave out. */
interface Blocking {
  getInMemoryBlockMsBeforeExpire: (key: string) => number;
}

/** Takes back the counts of a request that turned out well, where only failures count. */
export async function forgive(counts: readonly Count[]): Promise<void> {
  if (env.RATE_LIMITS === 'off') return;
  const failures = counts.filter(({ limit }) => limit.failuresOnly);
  await Promise.all(failures.map(({ limit, key }) => limiterOf(limit).reward(digest(key))));
}

function limiterOf(limit: RateLimit): RateLimiterPostgres {
  const name = `${limit.kind}:${limit.by}`;
  const known = limiters.get(name);
  if (known) return known;
  const points = limit.points * env.RATE_LIMIT_FACTOR;
  const allowance = { keyPrefix: name, points, duration: limit.seconds };
  const limiter = new RateLimiterPostgres({
    ...allowance,
    storeClient: { query },
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    // Whoever is over the limit costs no statement any more.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory(allowance),
    // One of them cleans up for all.
    clearExpiredByTimeout: !cleans,
  });
  cleans = true;
  limiters.set(name, limiter);
  return limiter;
}

/** A database that hangs must not hang the sign-in. */
function query(statement: { name?: string; text: string; values: unknown[] }) {
  return pool.query({ ...statement, query_timeout: 2000 } as typeof statement);
}

/** The table tells nobody's address. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
