import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncStatus } from '#app/domain/sync.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { listAlerts, lockAlerts } from '#app/models/sync-alert.server.ts';
import { tellSyncState } from '#app/services/tell-sync-state.server.ts';
import { handleAlerts, type AlertParts } from '#jobs/handlers/send-alerts.ts';
import { alertQueue } from '#jobs/queues.ts';
import { watchFreshness } from '#jobs/watch-freshness.ts';
import { callWebhook } from '#jobs/webhook.ts';
import { startChild } from '#dev/child.ts';
import { createUser } from '../factories/user.ts';
import { until } from '../setup/until.ts';
import { waitingForLock } from '../setup/waiting-for-lock.ts';

const secretPath = '/hooks/secret-token';
const lines: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'bqs-alerts-'));
const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });

/** What the webhook was sent, and what it says to the next calls; 200 once nothing is left. */
const called: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
let answers: (number | 'hang' | 'redirect')[] = [];
let server: Server;
let webhookUrl: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      called.push({ headers: request.headers, body });
      const answer = answers.shift() ?? 200;
      if (answer === 'hang') return;
      if (answer === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.writeHead(answer).end('<p>words of the receiver</p>');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${secretPath}`;
  await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
  await createUser(db, { name: 'Mark Manager', roles: ['MANAGER', 'SALES'] });
  await createUser(db, { name: 'Hugo Head', roles: ['PRACTICE_HEAD'] });
  await createUser(db, { name: 'Nobody yet' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await pool.query('DELETE FROM sync_logs; DELETE FROM sync_alerts; DELETE FROM notifications');
  called.length = 0;
  lines.length = 0;
  answers = [];
});

/** A run that ended just now, or `ago` milliseconds before. */
async function ended(status: SyncStatus, errorMessage: string | null = null, ago = 0) {
  const at = new Date(Date.now() - ago);
  await db.syncLog.updateMany({ where: { status: 'HELD' }, data: { status: 'CANCELLED' } });
  await db.syncLog.create({
    data: {
      ...{ syncType: 'INCREMENTAL', trigger: 'SCHEDULE', status, errorMessage },
      ...{ startedAt: at, completedAt: at, ...(status === 'HELD' && { heldCause: 'MISSING' }) },
    },
  });
}
const tell = (webhook = false) => tellSyncState({ webhook });
const twoDays = 2 * 86_400_000;

describe('an alert', () => {
  it('is told at each change of state and never twice for the same', async () => {
    expect(await tell()).toBeNull();
    await ended('SUCCESS', null, twoDays + 1000);
    expect(await tell()).toBe('late');
    expect(await tell()).toBeNull();
    await ended('FAILED', 'The CRM is not available (503).');
    expect(await tell()).toBe('failed');
    await ended('FAILED', 'The CRM is not available (502).');
    expect(await tell()).toBeNull();
    await ended('HELD', '90 of 100 opportunities were not sent by the CRM.');
    expect(await tell()).toBe('held');
    await ended('SUCCESS');
    expect(await tell()).toBe('on-time');
    expect(await tell()).toBeNull();
    const states = (await listAlerts(db, 10)).map(({ state, previous }) => [state, previous]);
    expect(states).toEqual([
      ['on-time', 'held'],
      ['held', 'failed'],
      ['failed', 'late'],
      ['late', null],
    ]);
  });

  it('is none for the first sync that gets through', async () => {
    expect(await tell()).toBeNull();
    await ended('SUCCESS');
    expect(await tell()).toBeNull();
    expect(await db.notification.count()).toBe(0);
  });

  it('reaches everybody who may run the sync, and nobody else, in words', async () => {
    await ended('FAILED', 'The CRM refused our credentials (401).');
    await tell();
    const notices = await db.notification.findMany({ include: { user: true } });
    expect(notices.map(({ user }) => user.name).sort()).toEqual(['Mark Manager', 'Mona Manager']);
    expect(notices[0]).toMatchObject({
      ...{ topic: 'sync', title: 'The sync failed', path: '/sync', opportunityId: null },
      body: expect.stringMatching(
        /^The CRM refused our credentials \(401\)\. There is no CRM data yet\. It is due again/,
      ) as string,
    });
  });

  it('of a recovery says how long it was not well, from its first alert on', async () => {
    await ended('FAILED', 'The CRM is not available (503).');
    await tell();
    await pool.query(`UPDATE sync_alerts SET created_at = now() - interval '3 hours 5 minutes'`);
    await ended('HELD', 'Too much is missing.');
    await tell();
    await ended('SUCCESS');
    await tell();
    expect((await listAlerts(db, 1))[0]!.message).toMatch(
      /^The sync works again; the trouble lasted 3 h\. It was held\. The CRM data is as of/,
    );
  });

  it('is told anew when a later run fails or another is held while one is held, once each', async () => {
    await ended('SUCCESS', null, 1000);
    const twice = async () => [await tell(), await tell()];
    const newest = async () => (await listAlerts(db, 1))[0]!.message;
    const rest = { syncType: 'FULL', trigger: 'SCHEDULE', completedAt: new Date() } as const;
    const add = (
      columns: Pick<Prisma.SyncLogCreateInput, 'status' | 'heldCause' | 'errorMessage'>,
    ) => db.syncLog.create({ data: { ...rest, ...columns } });
    await add({ status: 'HELD', heldCause: 'MISSING' });
    expect(await twice()).toEqual(['held', null]);
    await add({ status: 'FAILED', errorMessage: 'The CRM is not available (503).' });
    expect(await twice()).toEqual(['held', null]);
    expect(await newest()).toContain('since then failed: The CRM is not available (503).');
    await add({ status: 'HELD', heldCause: 'FIELD_VANISHED' });
    expect(await twice()).toEqual(['held', null]);
    expect(await newest()).toContain('“Go on like this”');
    await db.syncLog.updateMany({ where: { status: 'HELD' }, data: { status: 'CANCELLED' } });
    expect(await twice()).toEqual(['on-time', null]);
    expect(await newest()).toMatch(/^The held sync was closed\. The last sync was held/);
  });

  it('is one, however many workers look at once', async () => {
    await ended('FAILED', 'The CRM is not available (503).');
    const told = await Promise.all(Array.from({ length: 6 }, () => tell()));
    expect(told.filter(Boolean)).toEqual(['failed']);
    expect(await db.syncAlert.count()).toBe(1);
    expect(await db.notification.count()).toBe(2);
  });

  it('says nothing of runs that are no ordinary sync', async () => {
    await ended('SUCCESS');
    await db.syncLog.create({
      data: {
        ...{ syncType: 'FULL', purpose: 'DRY_RUN', trigger: 'PERSON', status: 'FAILED' },
        completedAt: new Date(),
      },
    });
    expect(await tell()).toBeNull();
  });
});

describe('the webhook', () => {
  let boss: PgBoss;
  const parts = (changes: Partial<AlertParts> = {}): AlertParts => ({
    ...{ db, log, webhookUrl, appUrl: 'https://bqs.example.test' },
    ...changes,
  });
  const first = { retryCount: 0, retryLimit: 6 };
  const last = { retryCount: 6, retryLimit: 6 };
  const newest = async () => (await listAlerts(db, 1))[0]!;

  beforeAll(async () => {
    boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 2 });
    boss.on('error', () => undefined);
    await boss.start();
    // The pause between tries is made short; all else is as the worker has it.
    await boss.createQueue(alertQueue.name, { ...alertQueue.options, retryDelay: 1 });
  });
  afterEach(() => boss.offWork(alertQueue.name));
  afterAll(() => boss.stop({ graceful: false }));

  it('that fails twice gets the alert at the third call, and the sync notices nothing', async () => {
    answers = [503, 500];
    await ended('FAILED', 'The CRM is not available (503).');
    const options = { includeMetadata: true, pollingIntervalSeconds: 0.5 } as const;
    await boss.work(alertQueue.name, options, (jobs) => handleAlerts(parts(), jobs));
    const workers = [1, 2].map(() => watchFreshness({ db, boss, webhook: true, log }));
    await until(async () => (await newest())?.webhook === 'SENT');
    for (const worker of workers) await worker.stop();
    expect(called).toHaveLength(3);
    const { message, createdAt } = await newest();
    expect(called[2]!.body).toEqual({
      ...{ state: 'failed', previous: null, message, at: createdAt.toISOString() },
      url: 'https://bqs.example.test/sync',
    });
    expect(called[2]!.headers['content-type']).toBe('application/json');
    expect(lines.filter((line) => line.includes('alert not sent'))).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/secret-token|words of the receiver/);
    expect((await newest()).webhookError).toBeNull();
  });

  it('is called once by two workers that start while the sync is late', async () => {
    await ended('SUCCESS', null, twoDays);
    const env = { ...process.env, ALERT_WEBHOOK_URL: webhookUrl, LOG_LEVEL: 'info' };
    const logs = [1, 2].map((each) => join(folder, `worker-${each}.log`));
    const written = () => logs.map((file) => readFileSync(file, 'utf8'));
    // Both are held at their first look, and let go together.
    const workers = await db.$transaction(
      async (tx) => {
        await lockAlerts(tx);
        const started = logs.map((file) => startChild('jobs/worker.ts', env, file));
        await until(() => written().every((text) => text.includes('worker is ready')));
        await waitingForLock(2);
        return started;
      },
      { timeout: 60_000 },
    );
    await until(async () => (await newest())?.webhook === 'SENT');
    // Each ends its look and its calls before it goes.
    await Promise.all(workers.map(({ stop }) => stop()));
    expect(called.map(({ body }) => body.state)).toEqual(['late']);
    expect(await db.syncAlert.count()).toBe(1);
    expect(await db.notification.count()).toBe(2);
    expect(written().join('')).not.toContain('secret-token');
  });

  it('is called for the oldest first, and for none before an older one', async () => {
    await ended('FAILED', 'The CRM is not available (503).');
    await tell(true);
    await ended('SUCCESS');
    await tell(true);
    answers = [500];
    await expect(handleAlerts(parts(), [first])).rejects.toThrow('answered 500');
    expect(called).toHaveLength(1);
    await handleAlerts(parts(), [first]);
    expect(called.map(({ body }) => body.state)).toEqual(['failed', 'failed', 'recovered']);
  });

  it('is given up after the last try, with the reason, and the next alert goes its way', async () => {
    await ended('FAILED', 'The CRM is not available (503).');
    await tell(true);
    answers = [404];
    await expect(handleAlerts(parts(), [last])).rejects.toThrow();
    expect(await newest()).toMatchObject({
      ...{ webhook: 'FAILED', webhookError: 'The webhook answered 404.' },
    });
    await ended('SUCCESS');
    await tell(true);
    await handleAlerts(parts(), [first]);
    expect((await newest()).webhook).toBe('SENT');
  });

  it.each([
    ['redirect', 'The webhook answered 302.'],
    ['hang', 'The webhook did not answer within 0.2 seconds.'],
  ] as const)('that answers with a %s has failed', async (answer, words) => {
    answers = [answer];
    await expect(callWebhook(webhookUrl, {}, 200)).rejects.toThrow(words);
    expect(called).toHaveLength(1);
  });

  it('that is not there has failed, in words without its address', async () => {
    const gone = 'http://127.0.0.1:9/secret-token';
    await ended('FAILED', 'The CRM is not available (503).');
    await tell(true);
    await expect(handleAlerts(parts({ webhookUrl: gone }), [last])).rejects.toThrow();
    const { webhookError } = await newest();
    expect(webhookError).toMatch(/^The webhook could not be reached \(.+\)\.$/);
    expect(`${webhookError} ${lines.join('')}`).not.toContain('secret-token');
  });

  it('that is set no more is not called for what waited', async () => {
    await ended('FAILED', 'The CRM is not available (503).');
    await tell(true);
    await handleAlerts(parts({ webhookUrl: null }), [first]);
    await tell(false);
    expect((await newest()).webhook).toBe('NONE');
    expect(called).toEqual([]);
  });
});
