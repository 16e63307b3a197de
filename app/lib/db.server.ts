import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from '#app/generated/prisma/client.ts';
import { env } from './env.server.ts';

/** Either the client or a transaction of it: what models and services take. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** The connections of this process. The sync uses them bare, where a page is one statement. */
export const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 12 });
// An idle connection that breaks is replaced at the next query; unheard it would end the process.
pool.on('error', () => undefined);

export const db = new PrismaClient({ adapter: new PrismaPg(pool) });
