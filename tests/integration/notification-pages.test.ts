import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { topics } from '#app/domain/notification.ts';
import { db } from '#app/lib/db.server.ts';
import { sampleIdentityIds } from '#dev/ory/sample-accounts.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, type Visitor } from '../setup/sign-in.ts';
import { leaveNotice } from './mail-setup.ts';

let app: Application;
let architect: { id: string };
let manager: { id: string };
let visitor: Visitor;

beforeAll(async () => {
  app = await startApplication();
  visitor = (await signInThrough(app.url, 'architect@example.test')).visitor;
  const of = (oryIdentityId: string) => db.user.findUniqueOrThrow({ where: { oryIdentityId } });
  architect = await of(sampleIdentityIds.architect);
  manager = await of(sampleIdentityIds.manager);
});
afterAll(() => app.stop());
beforeEach(async () => {
  await db.notification.deleteMany();
  await db.topicChoice.deleteMany();
});

const page = async (path: string) => {
  const response = await visitor.fetch(path);
  return { status: response.status, html: await response.text() };
};
const post = (path: string, fields: Record<string, string>) =>
  visitor.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
const newestId = async () => {
  const row = await db.notification.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return String(row.id);
};
const unread = () => db.notification.count({ where: { readAt: null } });

describe('the inbox', () => {
  it('says why it is empty, and lists only one’s own', async () => {
    await leaveNotice(manager, { title: 'For the manager' });
    const { status, html } = await page('/notifications');
    expect(status).toBe(200);
    expect(html).toContain('Nothing yet');
    expect(html).not.toContain('For the manager');
    expect(html).toContain('aria-label="Notifications"');
  });

  it('pages by key, the newest first, and counts at the bell', async () => {
    for (let index = 1; index <= 65; index++) {
      await leaveNotice(architect, { title: `Notice ${index}.` });
    }
    const seen: string[] = [];
    let path: string | null = '/notifications';
    while (path) {
      const { html } = await page(path);
      expect(html).toContain('Notifications, 65 unread');
      seen.push(...[...html.matchAll(/>Notice (\d+)\.</g)].map(([, number]) => number ?? ''));
      // A newer one moves nothing on the pages that follow.
      path = /href="(\/notifications\?before=\d+)"/.exec(html)?.[1] ?? null;
    }
    expect(seen).toEqual(Array.from({ length: 65 }, (_, index) => String(65 - index)));
    await db.notification.createMany({
      data: Array.from({ length: 60 }, () => ({
        userId: architect.id,
        topic: 'stale',
        title: 'More',
        path: '/',
      })),
    });
    expect((await page('/opportunities')).html).toContain('Notifications, 99+ unread');
  });

  it('marks one read, all read, and shows the unread alone', async () => {
    for (const title of ['One', 'Two', 'Three']) await leaveNotice(architect, { title });
    const answer = await post('/notifications?index&show=unread', {
      intent: 'read',
      id: await newestId(),
    });
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      302,
      '/notifications?show=unread',
    ]);
    const left = (await page('/notifications?show=unread')).html;
    expect(left).toMatch(/>Two<[^]*>One</);
    expect(left).not.toContain('>Three<');
    const upTo = await newestId();
    await leaveNotice(architect, { title: 'Came while the page was open' });
    await post('/notifications?index', { intent: 'read-all', upTo });
    expect(await unread()).toBe(1);
    await post('/notifications?index', { intent: 'read-all', upTo: await newestId() });
    expect((await page('/notifications?show=unread')).html).toContain('You have read everything');
  });

  it('hides what it tells of an opportunity that is out of sight by now', async () => {
    const { id: opportunityId } = await createOpportunity(db, { practice: 'Data & AI' });
    await leaveNotice(architect, {
      title: 'Secret of the deal',
      body: 'More of it',
      opportunityId,
    });
    expect((await page('/notifications')).html).toContain('Secret of the deal');
    await db.opportunity.updateMany({ data: { practice: 'Cybersecurity' } });
    const { html } = await page('/notifications');
    expect(html).not.toMatch(/Secret of the deal|More of it/);
    expect(html).toContain('roles no longer let you see');
  });

  it.each([
    ['/notifications?before=abc', 400],
    ['/notifications?before=99999999999999999999', 400],
    ['/notifications?show=all', 400],
    ['/notifications?before=1', 200],
  ])('answers %s with %i', async (path, status) => expect((await page(path)).status).toBe(status));

  it.each([
    [{ intent: 'read' }],
    [{ intent: 'read', id: 'abc' }],
    [{ intent: 'read-all' }],
    [{ intent: 'delete', id: '1' }],
  ])('refuses %j', async (fields) => {
    expect((await post('/notifications?index', fields as Record<string, string>)).status).toBe(400);
  });
});

it.each(['/notifications?index', '/notifications/settings'])(
  'a body that is no form is refused by %s',
  async (path) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await visitor.fetch(path, { method: 'POST', body: '{', headers });
    expect(answer.status).toBe(400);
  },
);

describe('opening a notice', () => {
  it('marks it read and goes where it leads', async () => {
    await leaveNotice(architect, { path: '/opportunities/A%2F1' });
    const answer = await visitor.fetch(`/notifications/${await newestId()}`);
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/opportunities/A%2F1']);
    expect(await unread()).toBe(0);
  });

  it('of somebody else, or that is none, answers 404 and marks nothing', async () => {
    await leaveNotice(manager);
    const id = await newestId();
    for (const path of [`/notifications/${id}`, '/notifications/0', '/notifications/abc']) {
      const { status, html } = await page(path);
      expect([path, status]).toEqual([path, 404]);
      expect(html).toContain('There is nothing here');
    }
    expect((await post('/notifications?index', { intent: 'read', id })).status).toBe(404);
    await post('/notifications?index', { intent: 'read-all', upTo: id });
    expect(await unread()).toBe(1);
  });

  it.each(['/.//elsewhere.test', '/a/..//elsewhere.test', '/\t/elsewhere.test'])(
    'never leads to another site, not by %j',
    async (path) => {
      await leaveNotice(architect, { path });
      const answer = await visitor.fetch(`/notifications/${await newestId()}`);
      expect(answer.headers.get('Location')).toBe('/notifications');
    },
  );

  it.each(['//elsewhere.test', '/\\elsewhere.test', 'https://elsewhere.test', ''])(
    'could not be left with the path %j at all',
    (path) => expect(leaveNotice(architect, { path })).rejects.toThrow(/notifications_path_own/),
  );
});

describe('the mail settings', () => {
  const all = Object.fromEntries(topics.map((topic) => [topic, 'EACH']));

  it('are kept for oneself alone, topic by topic', async () => {
    const answer = await post('/notifications/settings', {
      ...all,
      stale: 'NEVER',
      mention: 'DIGEST',
    });
    expect(answer.status).toBe(302);
    await post('/notifications/settings', { ...all, stale: 'DIGEST', mention: 'DIGEST' });
    const rows = await db.topicChoice.findMany({ where: { mail: { not: 'EACH' } } });
    expect(rows.map(({ userId, topic, mail }) => [userId, topic, mail]).sort()).toEqual([
      [architect.id, 'mention', 'DIGEST'],
      [architect.id, 'stale', 'DIGEST'],
    ]);
    const { html } = await page('/notifications/settings');
    const chosen = html.match(/<input[^>]*>/g)?.filter((tag) => / checked=/.test(tag));
    expect(chosen?.filter((tag) => tag.includes('"DIGEST"'))).toHaveLength(2);
    expect(chosen).toHaveLength(topics.length);
    expect(html).toContain('BQS sends no mail here');
  });

  it.each([[{ ...all, stale: 'SOMETIMES' }], [{ stale: 'NEVER' }]])(
    'refuse %j whole',
    async (fields) => {
      const answer = await post('/notifications/settings', fields as Record<string, string>);
      expect(answer.status).toBe(400);
      expect(await db.topicChoice.count()).toBe(0);
    },
  );
});
