import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { topics } from '#app/domain/notification.ts';
import { db } from '#app/lib/db.server.ts';
import { startChild, type Child } from '#dev/child.ts';
import { dailyMailQueue } from '#jobs/queues.ts';
import { createUser } from '../factories/user.ts';
import { leaveNotice, letWaitPass, mailStates, useReceiver } from './mail-setup.ts';

const receiver = useReceiver();
const folder = mkdtempSync(join(tmpdir(), 'bqs-mail-'));
const workers: Child[] = [];

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(5000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function startWorker(): Child {
  const settings = {
    ...process.env,
    SMTP_URL: receiver.url,
    MAIL_FROM: 'bqs@example.test',
    APP_URL: 'https://bqs.example.test',
    LOG_LEVEL: 'info',
  };
  const worker = startChild('jobs/worker.ts', settings, join(folder, `${workers.length}.log`));
  workers.push(worker);
  return worker;
}

const person = () => createUser(db, { roles: ['MANAGER'] });

describe('two workers', () => {
  it('send each mail once between them', async () => {
    const manager = await person();
    for (let round = 0; round < 5; round++) {
      for (const topic of topics) await leaveNotice(manager, { topic });
    }
    startWorker();
    startWorker();
    await until(async () => (await mailStates(manager)).every(({ state }) => state === 'SENT'));
    expect(receiver.mails).toHaveLength(5 * topics.length);
    expect(new Set(receiver.mails.map(({ messageId }) => messageId)).size).toBe(5 * topics.length);
  });
});

describe('a worker that is killed between sending and noting it', () => {
  it('is followed by one that sends the mail again, under the same Message-ID', async () => {
    const manager = await person();
    await leaveNotice(manager);
    let release = () => {};
    receiver.hold = () => new Promise((done) => (release = done));
    const first = startWorker();
    await until(() => Promise.resolve(receiver.mails.length === 1));
    first.process.kill('SIGKILL');
    release();
    receiver.hold = () => Promise.resolve();
    startWorker();
    // The claim keeps the second one off until it has run out.
    await pause(4000);
    expect(receiver.mails).toHaveLength(1);
    expect(await mailStates(manager)).toMatchObject([{ state: 'PENDING', tries: 1 }]);
    await letWaitPass();
    await until(async () => (await mailStates(manager))[0]?.state === 'SENT');
    expect(receiver.mails).toHaveLength(2);
    expect(receiver.mails[0]?.messageId).toBe(receiver.mails[1]?.messageId);
  });
});

describe('the daily job', () => {
  it('sends the digests when the queue says so, and is scheduled', async () => {
    const manager = await person();
    await db.topicChoice.create({
      data: { userId: manager.id, topic: 'stale', mail: 'DIGEST' },
    });
    await leaveNotice(manager, { topic: 'stale' });
    startWorker();
    await until(async () => (await mailStates(manager))[0]?.state === 'DIGEST');
    const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 2 });
    await boss.start();
    const [schedule] = await boss.getSchedules(dailyMailQueue.name);
    expect(schedule).toMatchObject({ cron: '0 7 * * 1-5', timezone: 'UTC' });
    await boss.send(dailyMailQueue.name, {});
    await until(async () => (await mailStates(manager))[0]?.state === 'SENT');
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(['BQS digest: 1 notice']);
    await boss.stop({ graceful: false });
  });
});

async function until(condition: () => Promise<boolean>) {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return;
    await pause(100);
  }
  throw new Error(`It did not happen within 40 seconds: ${workers[0]?.lastWords()}`);
}
