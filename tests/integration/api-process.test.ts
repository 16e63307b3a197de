import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { freePort, startApplication, type Application } from '#tests/setup/application.ts';

const web = join(import.meta.dirname, '../../app/web.ts');
let app: Application;

beforeAll(async () => {
  app = await startApplication({ worker: true });
});
afterAll(() => app.stop());

describe('the web process', () => {
  it('answers with headers that protect, and an id of the request', async () => {
    const { headers } = await fetch(`${app.url}/healthz`, {
      headers: { 'X-Request-Id': 'from-outside' },
    });
    expect(headers.get('X-Request-Id')).toBe('from-outside');
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Cache-Control')).toBe('private, no-store');
    expect(headers.get('Strict-Transport-Security')).toBeNull();
    const strange = await fetch(`${app.url}/healthz`, { headers: { 'X-Request-Id': 'a b"' } });
    expect(strange.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets a browser keep its scripts for good', async () => {
    const page = await (await fetch(`${app.url}/login`)).text();
    const script = /\/assets\/[\w.-]+\.js/.exec(page)?.[0];
    const { headers } = await fetch(app.url + script);
    expect(headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${app.url}/assets/none-AAAA.js`)).status).toBe(404);
  });

  it.each([
    ['/api/opportunities', 'application/problem+json', '64 kB', 65 * 1024],
    ['/login', 'text/plain', '6 MB', 7 * 1024 * 1024],
  ])('refuses to %s what is too large, in words', async (path, type, most, bytes) => {
    const refused = await announce(path, { 'Content-Length': String(bytes) });
    expect([refused.status, refused.type.split(';')[0]]).toEqual([413, type]);
    expect(refused.body).toContain(most);
  });

  it('refuses a body of unknown length', async () => {
    expect((await announce('/login', { 'Transfer-Encoding': 'chunked' })).status).toBe(411);
  });

  it.each([
    ['q', '/people?q=%00'],
    ['a subject', '/audit?subject=user:%00'],
  ])('refuses a NUL character in %s in words', async (_, path) => {
    const refused = await announce(path, {}, 'GET');
    expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('NUL')]);
  });

  it.each([
    ['application/json', '{}'],
    ['multipart/form-data', 'xx'],
    ['multipart/form-data; boundary=b', '--b\r\nbroken'],
    ['application/x-www-form-urlencoded', 'intent=add-practice&name=a%00b'],
    ['application/x-www-form-urlencoded', 'intent=add-practice&name=%E2%80%AEevil'],
  ])('refuses a form sent as %s %s in words, with no 500', async (type, body) => {
    const { cookie } = await app.signIn('manager@example.test');
    for (const path of ['/people', '/sync?index', '/theme']) {
      const headers = { cookie, 'Content-Type': type, Origin: app.url };
      const answer = await fetch(app.url + path, { method: 'POST', headers, body });
      expect([path, answer.status]).toEqual([path, expect.toBeOneOf([400, 409])]);
    }
  });

  it('describes the API to a program that has a token, and says 401 to one that has none', async () => {
    const path = `${app.url}/docs/openapi.json`;
    const none = await fetch(path, { redirect: 'manual' });
    expect([none.status, none.headers.get('Content-Type')]).toEqual([
      401,
      'application/problem+json',
    ]);
  });

  it.each(['/%E0%A4%A', '/api/%', '/opportunities/%FF'])(
    'survives the address %s',
    async (path) => {
      const { status } = await announce(path, {}, 'GET');
      expect(status).toBeGreaterThanOrEqual(300);
      expect(status).toBeLessThan(500);
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    },
  );

  it('answers 400 to a host that cannot be one', async () => {
    expect((await announce('/login', { Host: 'a b:x' }, 'GET')).status).toBe(400);
  });

  it('says in one line that its port is taken', async () => {
    const port = new URL(app.url).port;
    const child = spawn(process.execPath, [web], { env: { ...app.env, PORT: port } });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(words.trim().split('\n')).toEqual([expect.stringMatching(`^Port ${port} is taken`)]);
  });

  it.each(['SIGTERM', 'SIGINT', 'disconnect'] as const)('ends well on %s', async (how) => {
    const { url, child } = await startAnother();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await end(child, how)).toEqual({ code: 0, soon: true });
  });

  it('sends events at once, and does not wait for their streams to end', async () => {
    const { cookie } = await app.signIn('manager@example.test');
    const { url, child } = await startAnother();
    const start = performance.now();
    const headers = { Cookie: cookie, 'Accept-Encoding': 'gzip' };
    const stream = await fetch(`${url}/sync/stream`, { headers });
    expect(stream.headers.get('Content-Type')).toContain('text/event-stream');
    expect(stream.headers.get('Content-Encoding')).toBeNull();
    const first = await stream.body!.getReader().read();
    expect(Buffer.from(first.value!).toString()).toMatch(/^(data|event|retry|id|:)/m);
    expect(performance.now() - start).toBeLessThan(7500);
    expect(await end(child, 'SIGTERM')).toEqual({ code: 0, soon: true });
  });
});

describe('health', () => {
  it('is alive without asking anybody', async () => {
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('is ready when database, Ory and queue answer, and says which does not', async () => {
    await expect
      .poll(readiness, { timeout: 15_000 })
      .toEqual([200, { status: 'ok', database: 'ok', ory: 'ok', queue: 'ok' }]);
    await app.identity.stop();
    expect(await readiness()).toEqual([
      503,
      { status: 'failed', database: 'ok', ory: 'failed', queue: 'ok' },
    ]);
    await app.restartIdentity();
  });

  it('tells of the freshness of the CRM data by its status', async () => {
    await pool.query(`DELETE FROM opportunity_changes; DELETE FROM sync_logs`);
    const never = await fetch(`${app.url}/healthz/sync`);
    expect(never.status).toBe(503);
    expect(await never.json()).toMatchObject({
      status: 'never',
      detail: expect.stringMatching(/No sync/),
    });
    await pool.query(
      `INSERT INTO sync_logs (sync_type, status, trigger, completed_at, watermark_to)
       VALUES ('FULL', 'SUCCESS', 'SCHEDULE', now(), now())`,
    );
    const fresh = await fetch(`${app.url}/healthz/sync`);
    expect([fresh.status, (await fresh.json()).status]).toEqual([200, 'on-time']);
  });
});

async function readiness() {
  const response = await fetch(`${app.url}/readyz`);
  return [response.status, await response.json()];
}

/** A second web process beside the application, on a port of its own. */
async function startAnother(tries = 3): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [web], {
    env: { ...app.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const begun = await Promise.race([
    once(child, 'message').then(() => true),
    once(child, 'exit').then(() => false),
  ]);
  if (begun) return { url: `http://localhost:${port}`, child };
  // Another test may have taken the port in between.
  if (tries > 1) return startAnother(tries - 1);
  throw new Error('Another web process did not start.');
}

async function end(child: ChildProcess, how: 'SIGTERM' | 'SIGINT' | 'disconnect') {
  const start = performance.now();
  if (how === 'disconnect') child.disconnect();
  else child.kill(how);
  const [code] = await once(child, 'exit');
  return { code, soon: performance.now() - start < 7500 };
}

/** Sends the head of a request as it is, body or not, which fetch would not. */
function announce(path: string, headers: Record<string, string>, method = 'POST') {
  const { hostname, port } = new URL(app.url);
  return new Promise<{ status: number; type: string; body: string }>((answered, failed) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        answered({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body,
        });
        sent.destroy();
      });
    });
    sent.on('error', failed);
    if (method === 'GET') sent.end();
    else sent.flushHeaders();
  });
}
