import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { topics } from '#app/domain/notification.ts';
import { db } from '#app/lib/db.server.ts';
import { startChild, type Child } from '#dev/child.ts';
import { dailyMailQueue } from '#jobs/queues.ts';
import { createUser } from '../factories/user.ts';
import { until } from '../setup/until.ts';
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

const lastWords = () => workers[0]?.lastWords();
const person = () => createUser(db, { roles: ['MANAGER'] });

describe('two workers', () => {
  it('send each mail once between them', async () => {
    const manager = await person();
    for (let round = 0; round < 5; round++) {
      for (const topic of topics) await leaveNotice(manager, { topic });
    }
    startWorker();
    startWorker();
    await until(
      async () => (await mailStates(manager)).every(({ state }) => state === 'SENT'),
      lastWords,
    );
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
    await until(() => receiver.mails.length === 1, lastWords);
    first.process.kill('SIGKILL');
    release();
    receiver.hold = () => Promise.resolve();
    const other = await person();
    await leaveNotice(other);
    const second = startWorker();
    // The claim keeps the second one off until it has run out: it goes on to the younger notice.
    await until(async () => (await mailStates(other))[0]?.state === 'SENT', second.lastWords);
    expect(receiver.mails).toHaveLength(2);
    expect(await mailStates(manager)).toMatchObject([{ state: 'PENDING', tries: 1 }]);
    await letWaitPass();
    await until(async () => (await mailStates(manager))[0]?.state === 'SENT', second.lastWords);
    const [before, between, again] = receiver.mails.map(({ messageId }) => messageId);
    expect(receiver.mails).toHaveLength(3);
    expect(again).toBe(before);
    expect(between).not.toBe(before);
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
    await until(async () => (await mailStates(manager))[0]?.state === 'DIGEST', lastWords);
    const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 2 });
    await boss.start();
    const [schedule] = await boss.getSchedules(dailyMailQueue.name);
    expect(schedule).toMatchObject({ cron: '0 7 * * 1-5', timezone: 'UTC' });
    await boss.send(dailyMailQueue.name, {});
    await until(async () => (await mailStates(manager))[0]?.state === 'SENT', lastWords);
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(['BQS digest: 1 notice']);
    await boss.stop({ graceful: false });
  });
});
