import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { startDatabaseProxy, type DatabaseProxy } from '#tests/setup/database-proxy.ts';
import { until } from '#tests/setup/until.ts';

let app: Application;
let line: DatabaseProxy;
let cookie: string;

beforeAll(async () => {
  line = await startDatabaseProxy(process.env.DATABASE_URL!);
  app = await startApplication({ env: { DATABASE_URL: line.url } });
  ({ cookie } = await app.signIn('manager@example.test'));
});
afterAll(async () => {
  await app?.stop();
  await line?.stop();
});
beforeEach(async () => {
  line.recover();
  await until(async () => (await ask('/audit')).status === 200);
});

const post = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

async function ask(path: string, init: RequestInit = {}) {
  const headers = { cookie, Origin: app.url };
  const response = await fetch(app.url + path, { headers, redirect: 'manual', ...init });
  return {
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    type: response.headers.get('Content-Type')?.split(';')[0],
    text: await response.text(),
  };
}

describe('while the database refuses or ends what calls', () => {
  beforeEach(() => line.breakOff());

  it.each(['/', '/audit', '/people', '/sync', '/audit.data', '/opportunities.data'])(
    'GET %s says so and when to come back',
    async (path) => {
      expect(await ask(path)).toMatchObject({
        status: 503,
        retryAfter: '5',
        text: expect.stringContaining(
          'The database is out of reach at the moment. Nothing is lost: try again shortly.',
        ),
      });
    },
  );

  it.each(['/api/opportunities', '/api/sync-status'])(
    'GET %s says so to a program',
    async (path) => {
      const { text, ...answer } = await ask(path);
      expect(answer).toEqual({ status: 503, retryAfter: '5', type: 'application/problem+json' });
      expect(JSON.parse(text)).toMatchObject({ status: 503, title: 'Database unavailable' });
    },
  );

  it('promises nothing of what was sent, and keeps what was typed', async () => {
    const sent = await ask('/people', post({ intent: 'add-practice', name: 'Typed by somebody' }));
    expect(sent).toMatchObject({ status: 503, retryAfter: '5' });
    expect(sent.text).toContain('Whether what you sent was carried out is not known');
    expect(sent.text).toContain('Typed by somebody');
    expect(sent.text).not.toContain('Nothing is lost');
  });

  it('is one line of the log a request, without a stack', async () => {
    await ask('/audit', { headers: { cookie, 'X-Request-Id': 'lost-line' } });
    const written = readFileSync(join(app.env.BQS_DATA_DIR!, 'web.log'), 'utf8').split('\n');
    const told = written.filter((each) => /lost-line.*"database out of reach"/.test(each));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!)).toMatchObject({
      level: 'warn',
      error: expect.stringMatching(/\w/),
    });
    expect(written.join('\n')).not.toContain('request failed');
  });
});

describe('while the database takes the call and says nothing', () => {
  beforeEach(() => line.fallSilent());

  it('health is answered all the same, and the log told why once', async () => {
    for (const path of ['/healthz/sync', '/readyz', '/readyz']) {
      const began = performance.now();
      expect(await ask(path)).toMatchObject({ status: 503 });
      expect(performance.now() - began).toBeLessThan(12_000);
    }
    const written = readFileSync(join(app.env.BQS_DATA_DIR!, 'web.log'), 'utf8');
    expect(written.match(/"part":"database","error":"no answer within 2 s"/g)).toHaveLength(1);
  });

  it('a page gives up in the end, and is there again with the database', async () => {
    const began = performance.now();
    expect(await ask('/audit')).toMatchObject({ status: 503, retryAfter: '5' });
    expect(performance.now() - began).toBeLessThan(40_000);
    line.recover();
    await until(async () => (await ask('/audit')).status === 200);
  });
});
