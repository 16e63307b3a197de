import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from '#app/generated/prisma/client.ts';
import { env } from './env.server.ts';

/** Either the client or a transaction of it: what models and services take. */
export type Db = PrismaClient | Prisma.TransactionClient;

/**
 * The connections of this process. The sync uses them bare, where a page is one statement. They are in UTC,
 * whatever zone the database is set to: Prisma writes a time without saying of which zone it is.
 */
export const pool = new pg.Pool({
  connectionString: env.DATABASE_URL,
  max: 12,
  // A server that takes the call and says nothing would otherwise be waited for without end.
  connectionTimeoutMillis: 8000,
  keepAlive: true,
  options: '-c TimeZone=UTC',
});
// An idle connection that breaks is replaced at the next query; unheard it would end the process.
pool.on('error', () => undefined);

/** Gives up on what is asked in this process after a while: of a connection that fell silent nothing else tells. */
export function limitQueries(milliseconds = 20_000): void {
  pool.options.query_timeout = milliseconds;
}

export const db = new PrismaClient({ adapter: new PrismaPg(pool) });
