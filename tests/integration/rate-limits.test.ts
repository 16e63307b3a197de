import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startChild, type Child } from '#dev/child.ts';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { freePort, startApplication, type Application } from '#tests/setup/application.ts';
import { Visitor } from '#tests/setup/sign-in.ts';

// With the limits as they are: every test comes from addresses of its own.
let app: Application;
let second: { url: string; child: Child };
let manager: string;

beforeAll(async () => {
  app = await startApplication({
    env: { RATE_LIMIT_FACTOR: '1', TRUSTED_PROXIES: 'loopback', LOG_LEVEL: 'silent' },
  });
  manager = (await app.signIn('manager@example.test')).cookie;
  const port = await freePort();
  const env = { ...app.env, PORT: String(port) };
  const log = join(app.env.BQS_DATA_DIR ?? '', 'second.log');
  const child = startChild(join(import.meta.dirname, '../../app/web.ts'), env, log);
  await new Promise((ready) => child.process.once('message', ready));
  second = { url: `http://localhost:${port}`, child };
});
afterAll(async () => {
  await second?.child.stop();
  await app.stop();
});

/** One try to sign in, from an address, at one of the two web processes. */
async function trySignIn(
  person: string,
  address: string,
  { password = 'wrong', url = app.url, accept = 'application/json' } = {},
): Promise<Response> {
  const visitor = new Visitor(app.url);
  const headers = { 'X-Forwarded-For': address };
  const begun = await visitor.fetch('/.ory/self-service/login/browser', {
    headers: {
      Accept: 'application/json',
      'X-Forwarded-For': `10.9.${Math.floor(Math.random() * 250)}.1`,
    },
  });
  const { id, ui } = (await begun.json()) as {
    id: string;
    ui: { nodes: { attributes: { name: string; value?: string } }[] };
  };
  const token = ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token');
  const body = new URLSearchParams({
    method: 'password',
    identifier: `${person}@example.test`,
    password,
    csrf_token: token?.attributes.value ?? '',
  });
  return fetch(`${url}/.ory/self-service/login?flow=${id}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, Accept: accept, Cookie: visitor.jar.header },
    body,
  });
}

async function tries(times: number, one: (index: number) => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < times; index++) seen.push((await one(index)).status);
  return seen;
}
const asMany = (times: number, status: number) => Array<number>(times).fill(status);

describe('guessing a password', () => {
  it('ends after ten tries from one address, at whichever web process; elsewhere its owner signs in', async () => {
    const seen = await tries(12, (index) =>
      trySignIn('head', '192.0.2.1', { url: index % 2 ? second.url : app.url }),
    );
    expect(seen).toEqual([...asMany(10, 400), 429, 429]);
    const right = { password: samplePassword };
    expect((await trySignIn('head', '192.0.2.1', right)).status).toBe(429);
    expect((await trySignIn('HEAD', '192.0.2.1', right)).status).toBe(429);
    expect((await trySignIn('head', '192.0.2.2', right)).status).toBe(200);
  });

  it('leads a browser back to its page, which says what happened, without a script', async () => {
    await tries(10, () => trySignIn('sales', '192.0.2.3'));
    const accept = 'text/html';
    const answer = await trySignIn('sales', '192.0.2.3', { accept });
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      302,
      expect.stringMatching(/^\/login\?flow=[\w-]+&unsent=1$/),
    ]);
    expect(answer.headers.getSetCookie().join()).toContain('bqs_toast');
  });

  it('does not show beside it what was wrong the time before', async () => {
    const browser = new Visitor(app.url);
    const { path } = await browser.visit('/login');
    const wrong = { identifier: 'iris@example.test', password: 'wrong' };
    const shown = async () => (await (await browser.fetch(path)).text()).replace(/<!-- -->/g, '');
    let answer = await browser.submitFlow('login', path, wrong);
    expect(await shown()).toContain('do not belong together');
    for (let index = 0; index < 10; index++) {
      answer = await browser.submitFlow('login', path, wrong);
    }
    const page = await browser.fetch(answer.headers.get('Location') ?? '/');
    const text = await page.text();
    expect([page.status, text.includes('Too many attempts')]).toEqual([200, true]);
    expect(text).not.toContain('do not belong together');
  });

  it('of many accounts from one address ends too, while those who get it right do not count', async () => {
    const address = '192.0.2.4';
    const good = { password: samplePassword };
    expect(await tries(9, () => trySignIn('architect', address, good))).toEqual(asMany(9, 200));
    const seen = await tries(31, (index) => trySignIn(`nobody-${index}`, address));
    expect(seen).toEqual([...asMany(30, 400), 429]);
  });

  it('from many addresses ends at a hundred for the account', async () => {
    const seen = await tries(101, (index) =>
      trySignIn('target', `198.51.100.${Math.floor(index / 10)}`),
    );
    expect(seen.filter((status) => status === 429)).toHaveLength(1);
    expect(seen.at(-1)).toBe(429);
  });

  it('is not hidden by naming the account twice, or otherwise', async () => {
    const path = `${app.url}/.ory/self-service/login?flow=1`;
    const body = 'method=password&identifier=a@example.test&identifier=b@example.test&password=x';
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await fetch(path, { method: 'POST', headers, body })).status).toBe(400);
    const seen = await tries(11, () =>
      fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '192.0.2.5' },
        body: JSON.stringify({ method: 'password', Identifier: 'A@example.test', password: 'x' }),
      }),
    );
    expect(seen.at(-1)).toBe(429);
  });
});

describe('a forwarded address', () => {
  it('counts only where a trusted proxy says so', async () => {
    const plain = await startApplication({ env: { RATE_LIMIT_FACTOR: '1', LOG_LEVEL: 'silent' } });
    try {
      const seen = await tries(31, (index) =>
        fetch(`${plain.url}/.ory/self-service/login?flow=1`, {
          method: 'POST',
          headers: { 'X-Forwarded-For': `203.0.113.${index}`, Accept: 'application/json' },
          body: new URLSearchParams({ method: 'password', identifier: `n${index}`, password: 'x' }),
        }),
      );
      expect(seen.at(-1)).toBe(429);
    } finally {
      await plain.stop();
    }
  });
});

describe('a code by mail', () => {
  it('is sent five times to one address of mail', async () => {
    const seen = await tries(6, () =>
      fetch(`${app.url}/.ory/self-service/recovery?flow=1`, {
        method: 'POST',
        headers: { 'X-Forwarded-For': '192.0.2.6', Accept: 'application/json' },
        body: new URLSearchParams({ method: 'code', email: 'head@example.test' }),
      }),
    );
    expect([seen.slice(0, 5).includes(429), seen[5]]).toEqual([false, 429]);
  });
});

describe('somebody signed in', () => {
  it('calls the API 600 times a minute, and is told in problem JSON when to go on', async () => {
    const ask = () => fetch(`${app.url}/api/sync-status`, { headers: { Cookie: manager } });
    let answer = await ask();
    for (let calls = 1; calls < 620 && answer.status === 200; calls += 20) {
      answer = (await Promise.all(Array.from({ length: 20 }, ask))).at(-1)!;
    }
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      status: 429,
      detail: expect.stringContaining('Try again in') as string,
    });
    // Pages are not counted.
    expect((await fetch(`${app.url}/sync`, { headers: { Cookie: manager } })).status).toBe(200);
  });

  it('asks for thirty syncs, and then gets a page that keeps what was typed', async () => {
    const ask = () =>
      fetch(`${app.url}/sync?index`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: manager, Origin: app.url },
        body: new URLSearchParams({ intent: 'nothing', note: 'typed by hand' }),
      });
    expect(await tries(30, ask)).toEqual(asMany(30, 400));
    const answer = await ask();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    const page = await answer.text();
    expect(page).toContain('A sync was asked for too often');
    expect(page).toContain('value="typed by hand"');
  });
});

describe('the table of counts', () => {
  it('names nobody', async () => {
    const rows = await db.rateLimit.findMany();
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows.map(({ key }) => key))).not.toMatch(/@|example|192\.0/);
  });
});

describe('while the database is away', () => {
  it('the counts are kept in memory, and guessing ends all the same', async () => {
    await db.$executeRawUnsafe('ALTER TABLE rate_limits RENAME TO rate_limits_away');
    try {
      const seen = await tries(11, () => trySignIn('nobody', '192.0.2.9'));
      expect(seen).toEqual([...asMany(10, 400), 429]);
    } finally {
      await db.$executeRawUnsafe('ALTER TABLE rate_limits_away RENAME TO rate_limits');
    }
  });
});
