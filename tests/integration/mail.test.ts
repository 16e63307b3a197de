import { describe, expect, it } from 'vitest';
import { mostTries } from '#app/domain/mail.ts';
import { db } from '#app/lib/db.server.ts';
import { topics } from '#app/domain/notification.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { handleDailyMail } from '#jobs/handlers/daily-mail.ts';
import { DigestsLeft, sendDigests } from '#jobs/mail/digest.ts';
import { sendDueMails } from '#jobs/mail/outbox.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { leaveNotice, letWaitPass, mailParts, mailStates, useReceiver } from './mail-setup.ts';
import { acting, createCast } from './qualification-setup.ts';

const receiver = useReceiver();
const parts = () => mailParts(receiver.url);
const choose = (person: { id: string }, topic: string, mail: 'EACH' | 'DIGEST' | 'NEVER') =>
  db.topicChoice.create({ data: { userId: person.id, topic, mail } });
const architect = () =>
  createUser(db, {
    roles: ['SOLUTION_ARCHITECT'],
    practices: ['Data & AI'],
    name: 'Ada Architect',
  });

describe('a mail', () => {
  it('follows an act, to whom the table names and nobody else', async () => {
    const cast = await createCast();
    const { id, remoteNumber } = await createOpportunity(db);
    await assignOpportunity(await acting(cast.head, id), cast.architect.id);
    await sendDueMails(parts());
    const [mail] = receiver.mails;
    expect(receiver.mails).toHaveLength(1);
    expect(mail?.subject).toContain('assigned “Data platform” to you');
    expect(mail?.from).toBe('BQS <bqs@example.test>');
    expect(mail?.text).toContain(`https://bqs.example.test/opportunities/${remoteNumber}`);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(await mailStates(cast.architect)).toEqual([{ state: 'SENT', tries: 1, error: null }]);
  });

  it('of an assignment says “to you” to nobody but who it speaks of', async () => {
    const cast = await createCast();
    const other = await architect();
    const { id } = await createOpportunity(db);
    await assignOpportunity(await acting(cast.head, id), cast.architect.id);
    await assignOpportunity(await acting(cast.head, id), other.id);
    const title = async (person: { id: string }) =>
      (
        await db.notification.findMany({ where: { userId: person.id }, orderBy: { id: 'asc' } })
      ).map((notice) => notice.title);
    const assigned = `${cast.head.name} assigned “Data platform”`;
    expect(await title(other)).toEqual([`${assigned} to you`]);
    expect(await title(cast.architect)).toEqual([
      `${assigned} to you`,
      `${assigned} to Ada Architect`,
    ]);
  });

  it('of every topic comes once and in order, however many send at once', async () => {
    const people = await Promise.all([architect(), architect(), architect()]);
    for (const topic of topics) {
      for (const person of people) await leaveNotice(person, { topic, title: `About ${topic}` });
    }
    await Promise.all(Array.from({ length: 4 }, () => sendDueMails(parts())));
    expect(receiver.mails).toHaveLength(topics.length * people.length);
    expect(new Set(receiver.mails.map(({ messageId }) => messageId)).size).toBe(
      topics.length * people.length,
    );
    for (const topic of topics) {
      expect(receiver.mails.filter(({ subject }) => subject === `About ${topic}`)).toHaveLength(3);
    }
    await leaveNotice(people[0]!, { title: 'first' });
    await leaveNotice(people[1]!, { title: 'second' });
    await sendDueMails(parts());
    expect(receiver.mails.slice(-2).map(({ subject }) => subject)).toEqual(['first', 'second']);
  });

  it('cannot be given a header or a recipient by what people type', async () => {
    const name = 'Ada\r\nBcc: spy@example.test, "x" <spy@example.test>';
    const person = await createUser(db, { roles: ['SALES'], name, email: 'ada@example.test' });
    await leaveNotice(person, { title: 'A\r\nBcc: spy@example.test\r\n\r\n<script>1</script>' });
    await sendDueMails(parts());
    const [mail] = receiver.mails;
    expect(mail?.recipients).toEqual(['ada@example.test']);
    expect(mail?.raw).not.toMatch(/^bcc:/im);
    expect(mail?.subject).toBe('A Bcc: spy@example.test <script>1</script>');
    expect(mail?.html).not.toContain('<script>');
  });

  it.each([
    ['an address that is not verified', { roles: ['SALES'], emailVerified: false } as const],
    ['nobody with a role', { roles: [] } as const],
  ])('does not go to %s', async (_, draft) => {
    const person = await createUser(db, draft);
    await leaveNotice(person);
    await sendDueMails(parts());
    expect(receiver.mails).toEqual([]);
    expect(await mailStates(person)).toMatchObject([{ state: 'MUTED' }]);
  });

  it('tells of no opportunity that its reader may no longer read', async () => {
    const person = await architect();
    const { id: opportunityId } = await createOpportunity(db);
    await leaveNotice(person, { opportunityId });
    await db.opportunity.updateMany({ data: { practice: 'Cybersecurity' } });
    await leaveNotice(person, { opportunityId: null, title: 'About nothing in particular' });
    await sendDueMails(parts());
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(['About nothing in particular']);
    expect((await mailStates(person))[0]?.error).toMatch(/no longer read/);
  });

  it('is not sent, nor kept for later, where no mail server is set', async () => {
    const person = await architect();
    await leaveNotice(person);
    await sendDueMails(mailParts(null));
    await sendDueMails(parts());
    expect(receiver.mails).toEqual([]);
    expect(await mailStates(person)).toMatchObject([{ state: 'MUTED' }]);
  });
});

describe('a mail server that fails', () => {
  it('is asked again later, and gets every mail once it is back', async () => {
    const person = await architect();
    await leaveNotice(person);
    await leaveNotice(person);
    await receiver.stop();
    await sendDueMails(parts());
    const [first, second] = await mailStates(person);
    expect(first).toMatchObject({ state: 'PENDING', tries: 1 });
    expect(first?.error).toMatch(/^The mail server could not be used: /);
    // One mail finds out; the rest lose no try.
    expect(second).toMatchObject({ state: 'PENDING', tries: 0 });
    await receiver.start();
    await sendDueMails(parts());
    expect(receiver.mails).toHaveLength(1);
    await letWaitPass();
    await sendDueMails(parts());
    expect(receiver.mails).toHaveLength(2);
    expect(await mailStates(person)).toMatchObject([
      { state: 'SENT', tries: 2, error: null },
      { state: 'SENT', tries: 1 },
    ]);
  });

  it('is given up after eight tries, in its own words', async () => {
    const person = await architect();
    await leaveNotice(person);
    receiver.refuse = () => ({ code: 451, message: 'Greylisted' });
    for (let tries = 1; tries <= mostTries + 2; tries++) {
      await sendDueMails(parts());
      await letWaitPass();
    }
    const [state] = await mailStates(person);
    expect(state).toMatchObject({ state: 'FAILED', tries: mostTries });
    expect(state?.error).toMatch(/^The mail server put the mail off: .*451.*Greylisted/);
  });

  it('that refuses an address for good is not asked again, and the next mail goes', async () => {
    const [gone, here] = [await architect(), await architect()];
    const { email } = await db.user.findUniqueOrThrow({ where: { id: gone.id } });
    await leaveNotice(gone);
    await leaveNotice(here);
    receiver.refuse = (address) =>
      address === email ? { code: 550, message: 'No such user' } : null;
    await sendDueMails(parts());
    const [state] = await mailStates(gone);
    expect(state).toMatchObject({ state: 'FAILED', tries: 1 });
    expect(state?.error).toMatch(/^The mail server refused the mail: .*550.*No such user/);
    expect(receiver.mails).toHaveLength(1);
  });

  it('that does not know our password is asked again', async () => {
    const person = await architect();
    await leaveNotice(person);
    await sendDueMails(mailParts(receiver.url.replace('//', '//user:secret@')));
    const [state] = await mailStates(person);
    expect(state).toMatchObject({ state: 'PENDING', tries: 1 });
    expect(state?.error).toMatch(/535.*Wrong password/);
    expect(state?.error).not.toContain('secret');
  });

  it('ends the sending of a mail that was interrupted too often', async () => {
    const person = await architect();
    await leaveNotice(person);
    await db.notification.updateMany({ data: { mailAttempts: mostTries } });
    await sendDueMails(parts());
    expect(receiver.mails).toEqual([]);
    expect((await mailStates(person))[0]).toMatchObject({
      state: 'FAILED',
      error: expect.stringMatching(/^Given up/) as string,
    });
  });
});

describe('a choice', () => {
  it('counts for its topic alone', async () => {
    const person = await architect();
    await choose(person, 'stale', 'NEVER');
    await choose(person, 'mention', 'DIGEST');
    for (const topic of ['stale', 'mention', 'decision'] as const) {
      await leaveNotice(person, { topic, title: topic });
    }
    await sendDueMails(parts());
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(['decision']);
    expect((await mailStates(person)).map(({ state }) => state)).toEqual([
      'MUTED',
      'DIGEST',
      'SENT',
    ]);
  });
});

describe('the digest', () => {
  async function waiting() {
    const person = await architect();
    await choose(person, 'mention', 'DIGEST');
    const { id: opportunityId } = await createOpportunity(db);
    await leaveNotice(person, { topic: 'mention', title: 'One' });
    await leaveNotice(person, { topic: 'mention', title: 'Two', opportunityId });
    await leaveNotice(person, { topic: 'mention', title: 'Three' });
    await sendDueMails(parts());
    expect(receiver.mails).toEqual([]);
    return person;
  }

  it('is one mail a person with all that waited, and nothing the second time', async () => {
    const [one, other] = [await waiting(), await waiting()];
    await Promise.allSettled([sendDigests(parts()), sendDigests(parts())]);
    await sendDigests(parts());
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(
      Array(2).fill('BQS digest: 3 notices'),
    );
    expect(receiver.mails[0]?.text).toMatch(/One[^]*Two[^]*Three/);
    for (const person of [one, other]) {
      expect(new Set((await mailStates(person)).map(({ state }) => state))).toEqual(
        new Set(['SENT']),
      );
    }
  });

  it('leaves out what was read, what is out of sight and what is unwanted by now', async () => {
    const person = await waiting();
    await db.opportunity.updateMany({ data: { practice: 'Cybersecurity' } });
    await db.notification.updateMany({ where: { title: 'One' }, data: { readAt: new Date() } });
    await sendDigests(parts());
    expect(receiver.mails.map(({ subject }) => subject)).toEqual(['BQS digest: 1 notice']);
    expect(receiver.mails[0]?.text).toContain('Three');
    expect(receiver.mails[0]?.text).not.toMatch(/One|Two/);
    expect((await mailStates(person)).map(({ state }) => state)).toEqual([
      'MUTED',
      'MUTED',
      'SENT',
    ]);
  });

  it('that is unwanted altogether by now is no mail', async () => {
    const person = await waiting();
    await db.topicChoice.updateMany({ data: { mail: 'NEVER' } });
    await sendDigests(parts());
    expect(receiver.mails).toEqual([]);
    expect((await mailStates(person)).map(({ state }) => state)).toEqual(Array(3).fill('MUTED'));
  });

  it('is the queue’s to try again while the server fails', async () => {
    const person = await waiting();
    await receiver.stop();
    await expect(sendDigests(parts())).rejects.toThrow(DigestsLeft);
    await receiver.start();
    await sendDigests(parts());
    expect(receiver.mails).toHaveLength(1);
    expect((await mailStates(person))[0]).toMatchObject({ state: 'SENT', tries: 2 });
  });

  it('of a worker that was killed is asked for again until the claim runs out', async () => {
    await waiting();
    await db.notification.updateMany({ data: { mailDueAt: new Date(Date.now() + 60_000) } });
    await expect(sendDigests(parts())).rejects.toThrow(DigestsLeft);
    await letWaitPass();
    await sendDigests(parts());
    expect(receiver.mails).toHaveLength(1);
  });
});

describe('the daily job', () => {
  it('removes what was read 90 days ago, and keeps what is unread or waits for a mail', async () => {
    const person = await architect();
    for (const title of ['old', 'recent', 'unread', 'waits']) await leaveNotice(person, { title });
    await sendDueMails(parts());
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const set = (title: string, values: object) =>
      db.notification.updateMany({ where: { title }, data: values });
    await set('old', { readAt: daysAgo(91) });
    await set('recent', { readAt: daysAgo(89) });
    await set('unread', { createdAt: daysAgo(400) });
    await set('waits', { readAt: daysAgo(91), mailState: 'PENDING' });
    await handleDailyMail(mailParts(null));
    const left = await db.notification.findMany({ orderBy: { id: 'asc' } });
    expect(left.map(({ title }) => title)).toEqual(['recent', 'unread', 'waits']);
  });
});
