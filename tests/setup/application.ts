import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#app/generated/prisma/client.ts';
import { startChild, type Child } from '#dev/child.ts';
import { startCrmSimulator, type CrmSimulator } from '#dev/crm/server.ts';
import type { IdentityServer } from '#dev/ory/server.ts';
import { createSamplePeople } from '../factories/sample-people.ts';
import { realIdentityAppUrl, startTestIdentity } from './identity.ts';
import { startThrowawayDatabase } from './throwaway-database.ts';
import { signInThrough } from './sign-in.ts';

const root = join(import.meta.dirname, '../..');

export interface Application {
  /** Where the application answers, as a browser sees it. */
  url: string;
  databaseUrl: string;
  identity: IdentityServer;
  crm: CrmSimulator;
  /** Of the web process. */
  pid: number;
  /** The settings the application runs with, for another process of ours. */
  env: NodeJS.ProcessEnv;
  signIn(email: string): Promise<{ cookie: string }>;
  /** Starts the identity server again where it stood, knowing its people and their sessions. */
  restartIdentity(): Promise<void>;
  stop(): Promise<void>;
}

export interface ApplicationOptions {
  /** In the CRM, not yet in BQS. */
  opportunities?: number;
  env?: Record<string, string>;
  /** Whether the worker runs too. */
  worker?: boolean;
  /** The clock of the local identity server, to let its flows and sessions run out. */
  clock?: () => Date;
}

/**
 * Runs the built application with everything it needs: the file's own database (or a throwaway
 * Postgres outside vitest), an identity server and a CRM, the five sample accounts with their roles.
 */
export async function startApplication(options: ApplicationOptions = {}): Promise<Application> {
  if (!existsSync(join(root, 'build/server/index.js'))) {
    throw new Error('The application is not built: run npm run build first.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'bqs-app-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return await assemble(options, folder, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: ApplicationOptions,
  folder: string,
  stops: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<Application> {
  const databaseUrl = await database(folder, stops);
  const url = realIdentityAppUrl ?? `http://localhost:${await freePort()}`;
  const port = Number(new URL(url).port);
  let identity = await startTestIdentity(url, folder, { clock: options.clock });
  stops.push(() => identity.stop());
  const crm = await startCrmSimulator({ opportunities: options.opportunities ?? 50 });
  stops.push(() => crm.stop());
  await seed(databaseUrl, identity.ids);
  const env = settings({ port, url, databaseUrl, identity, crm, folder, extra: options.env });
  const web = await runWeb(env, folder);
  stops.push(web.stop);
  if (options.worker)
    stops.push(startChild(join(root, 'jobs/worker.ts'), env, join(folder, 'worker.log')).stop);
  return {
    url,
    databaseUrl,
    get identity() {
      return identity;
    },
    crm,
    pid: web.process.pid ?? 0,
    env,
    signIn: async (email) => ({ cookie: (await signInThrough(url, email)).cookie }),
    restartIdentity: async () => {
      identity = await startTestIdentity(url, folder, { before: identity, clock: options.clock });
    },
    stop,
  };
}

async function database(folder: string, stops: (() => unknown)[]): Promise<string> {
  if (process.env.VITEST && process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const throwaway = await startThrowawayDatabase(join(folder, 'postgres'));
  stops.push(throwaway.stop);
  return throwaway.url;
}

async function seed(databaseUrl: string, ids: Record<string, string>): Promise<void> {
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
  await createSamplePeople(db, ids);
  await db.$disconnect();
}

function settings(parts: {
  port: number;
  url: string;
  databaseUrl: string;
  identity: IdentityServer;
  crm: CrmSimulator;
  folder: string;
  extra?: Record<string, string>;
}): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    NODE_ENV: 'test',
    BQS_DATA_DIR: parts.folder,
    PORT: String(parts.port),
    APP_URL: parts.url,
    DATABASE_URL: parts.databaseUrl,
    ORY_PUBLIC_URL: parts.identity.publicUrl,
    ORY_ADMIN_URL: parts.identity.adminUrl,
    ORACLE_BASE_URL: parts.crm.url,
    ORACLE_USERNAME: 'bqs-integration',
    ORACLE_PASSWORD: 'bqs-demo-crm',
    LOG_LEVEL: 'warn',
    ...parts.extra,
  };
}

async function runWeb(env: NodeJS.ProcessEnv, folder: string): Promise<Child> {
  const web = startChild(join(root, 'app/web.ts'), env, join(folder, 'web.log'));
  await new Promise<void>((ready, failed) => {
    web.process.once('message', () => ready());
    web.process.once('exit', () => failed(new Error(`The web process ended: ${web.lastWords()}`)));
  });
  return web;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
