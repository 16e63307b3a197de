import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { json, requestsTo, urlencoded } from './attack-setup.ts';

let app: Application;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  app = await startApplication();
  for (const person of ['manager', 'head', 'architect', 'sales']) {
    cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
  await createOpportunity(db, { practice: 'Cloud & Infrastructure', name: 'Plain' });
});
afterAll(() => app.stop());

const { get, send } = requestsTo(() => app, cookies);

describe('SQL in a search', () => {
  const injections = [
    `' OR '1'='1`,
    `'; DROP TABLE users; --`,
    `1' UNION SELECT NULL--`,
    `%' OR name LIKE '%`,
  ];

  it.each(injections)('%s finds nothing and changes nothing', async (text) => {
    const q = encodeURIComponent(text);
    const list = await get(`/api/opportunities?q=${q}`);
    expect([list.status, (await list.json()) as object]).toEqual([
      200,
      expect.objectContaining({ total: 0 }),
    ]);
    for (const path of [
      `/people?q=${q}`,
      `/audit?name=${q}`,
      `/people?after=${q}`,
      `/sync?before=${q}`,
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, expect.toBeOneOf([200, 400])]);
    }
    expect(await db.user.count()).toBeGreaterThan(4);
  });

  it('does not make the database wait', async () => {
    const began = performance.now();
    const q = encodeURIComponent(`'||pg_sleep(30)||'`);
    for (const name of ['q', 'practice', 'sort', 'cursor'])
      await get(`/api/opportunities?${name}=${q}`);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe('a template in a name', () => {
  it('stays text', async () => {
    const name = '{{7*7}}${7*7}<%= 7*7 %>#{7*7}';
    await send(
      '/people',
      new URLSearchParams({ intent: 'add-practice', name }).toString(),
      urlencoded,
    );
    expect(await db.practice.findUnique({ where: { name } })).not.toBeNull();
    expect(await (await get('/people')).text()).toContain('{{7*7}}${7*7}&lt;%= 7*7 %&gt;#{7*7}');
  });
});

describe('a prototype in a body', () => {
  it.each([
    '{"mode":"none","__proto__":{"mode":"full","polluted":1}}',
    '{"__proto__":{"mode":"full"}}',
    '{"constructor":{"prototype":{"mode":"full"}}}',
    '{"mode":{"__proto__":"full"}}',
  ])('%s stands for nothing', async (body) => {
    expect((await send('/api/sync-database', body, json)).status).toBe(400);
    expect(await db.syncLog.count()).toBe(0);
  });

  it('as names of fields and parameters stands for nothing either', async () => {
    const form =
      '__proto__[intent]=add-practice&__proto__=x&constructor[prototype][name]=Polluted&toString=1';
    expect((await send('/people', form, urlencoded)).status).toBe(400);
    expect((await get('/api/opportunities?__proto__=1')).status).toBe(400);
    expect((await get('/api/opportunities?toString=1')).status).toBe(400);
    expect((await get('/people?__proto__[q]=1')).status).toBe(200);
  });
});

describe('JSON that is not what was asked for', () => {
  it.each([
    ['deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['deep in a field', `{"mode":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`],
    ['long', `{"mode":"${'x'.repeat(60_000)}"}`],
    ['cut', '{"mode":"full"'],
    ['behind a mark of byte order', '\ufeff{"mode":"none"}'],
    ['a huge number', `{"mode":${'9'.repeat(100_000)}}`],
    ['a list', '[{"mode":"full"}]'],
    ['twice the same key', '{"mode":"full","mode":"none"}'],
    ['nothing', ''],
  ])('%s is refused in words', async (_case, body) => {
    const answer = await send('/api/sync-database', body, json);
    // What is larger than any request of the API is not read at all.
    expect(answer.status).toBe(body.length > 64 * 1024 ? 413 : 400);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  });

  it('not even UTF-8 is refused in words', async () => {
    const body = Buffer.from('7b226d6f6465223a2266756cff6c227d', 'hex');
    expect((await send('/api/sync-database', body, json)).status).toBe(400);
    const role = await send(
      `/api/users/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/role`,
      body,
      json,
    );
    expect(role.status).toBe(400);
  });
});

describe('bytes that are no text', () => {
  it.each([
    '/people?q=%FF',
    '/people?q=%C0%AF',
    '/audit?name=%ED%A0%80',
    '/opportunities?q=%E2%28%A1',
    '/opportunities/%C0%AE%C0%AE',
  ])('%s is answered in words', async (path) => {
    expect([200, 302, 400, 404]).toContain((await get(path)).status);
  });

  it('in a form are kept as what can be read of them', async () => {
    const answer = await send(
      '/people',
      Buffer.from('696e74656e743d6164642d7072616374696365266e616d653d41ff42', 'hex'),
      urlencoded,
    );
    expect([302, 400, 409]).toContain(answer.status);
  });
});

describe('the same parameter twice', () => {
  it('is refused where it can mean one thing alone', async () => {
    expect((await get('/api/opportunities?limit=1&limit=500')).status).toBe(400);
    expect((await get('/api/opportunities?sort=name&sort=deal_value')).status).toBe(400);
  });

  it('grants one role at most, to whom the form shows', async () => {
    const [one, other] = [await createUser(db), await createUser(db)];
    const form = `intent=grant-role&userId=${one.id}&userId=${other.id}&role=SALES&role=MANAGER`;
    await send('/people', form, urlencoded);
    expect(await db.userRole.count({ where: { userId: { in: [one.id, other.id] } } })).toBeLessThan(
      2,
    );
  });
});

describe('a text made to keep a pattern busy', () => {
  const busy = [
    `${'a'.repeat(50_000)}!`,
    '@'.repeat(40_000),
    ' '.repeat(40_000),
    `${'a_'.repeat(8000)}:`,
    '../'.repeat(4000),
  ];

  it.each(busy.map((text) => [text.slice(0, 6), text]))(
    '%s… is answered at once',
    async (_name, text) => {
      const q = encodeURIComponent(text).slice(0, 12_000);
      const began = performance.now();
      const paths = [
        ...[
          `/people?q=${q}`,
          `/audit?name=${q}`,
          `/audit?subject=${q}`,
          `/opportunities?q=${q}`,
          `/sync/runs/1?q=${q}`,
        ],
        ...[
          `/api/opportunities?cursor=${q}`,
          `/login?return_to=/${q}`,
          `/.ory/${q}`,
          `/opportunities/${q}`,
        ],
      ];
      for (const path of paths) expect((await get(path)).status).toBeLessThan(500);
      const body = new URLSearchParams({ intent: 'add-practice', name: text }).toString();
      expect((await send('/people', body, urlencoded)).status).toBeLessThan(500);
      expect(performance.now() - began).toBeLessThan(15_000);
    },
  );
});
