import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import {
  answer,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';

let app: Application;
let ory: ScriptedIdentity;

beforeAll(async () => {
  ory = await startScriptedIdentity((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://ory');
    if (pathname === '/sessions/away') {
      return answer(response, 303, {}, { Location: searchParams.get('to') });
    }
    if (pathname === '/sessions/cookies') {
      const ends = 'Expires=Thu, 01 Jan 2037 00:00:00 GMT; Path=/; HttpOnly';
      const cookies = [
        `ory_kratos_session=a; ${ends}`,
        `csrf_token_1=b; ${ends}`,
        `theme=c; ${ends}`,
      ];
      return answer(response, 200, {}, { 'Set-Cookie': cookies, 'X-Powered-By': 'secret' });
    }
    if (pathname === '/sessions/failing') return answer(response, 502, { where: 'internal.host' });
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(response, 200, { body }));
  });
  app = await startApplication({ env: { ORY_PUBLIC_URL: ory.url } });
});
afterAll(async () => {
  await app.stop();
  await ory.stop();
});
beforeEach(() => {
  ory.seen.length = 0;
});

/** Sends a path as it is; fetch would tidy it up first. */
function raw(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    httpRequest({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the way to the identity server', () => {
  it.each([
    '/.ory/admin/identities',
    '/.ory/identities',
    '/.ory/recovery/code',
    '/.ory/self-service/../admin/identities',
    '/.ory/self-service/%2e%2e/admin/identities',
    '/.ory/self-service/%2e%2e%2fadmin%2fidentities',
    '/.ory/self-service%2f..%2f..%2fadmin/identities',
    '/.ory/self-service/..%5cadmin',
    '/.ory//admin/identities',
    '/.ory/',
    '/.ory',
  ])('is closed for %s', async (path) => {
    expect(await raw(path)).toBe(404);
    expect(ory.seen.filter((request) => request.path !== '/sessions/whoami')).toEqual([]);
  });

  it('hands on what the identity server needs and nothing it would believe wrongly', async () => {
    const response = await fetch(`${app.url}/.ory/self-service/login?flow=1`, {
      method: 'POST',
      body: 'a=1&b=2',
      headers: {
        Accept: 'application/json',
        Authorization: 'Bearer stolen',
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Session-Token': 'stolen',
        'X-Forwarded-Host': 'evil.test',
        'X-Forwarded-Proto': 'gopher',
        'X-Forwarded-For': '1.2.3.4',
        'True-Client-IP': '1.2.3.4',
        'CF-Connecting-IP': '1.2.3.4',
        'X-Real-IP': '1.2.3.4',
        Cookie: 'theme=dark; ory_kratos_session=s; csrf_token_1=c',
      },
    });
    expect(await response.json()).toEqual({ body: 'a=1&b=2' });
    const [{ headers, path, method } = { headers: {}, path: '', method: '' }] = ory.seen;
    expect([method, path]).toEqual(['POST', '/self-service/login?flow=1']);
    expect(headers).toMatchObject({
      accept: 'application/json',
      cookie: 'ory_kratos_session=s; csrf_token_1=c',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(app.url).host,
    });
    const names = Object.keys(headers);
    for (const name of ['authorization', 'x-session-token', 'true-client-ip', 'x-real-ip']) {
      expect(names).not.toContain(name);
    }
    expect(JSON.stringify(headers)).not.toMatch(/stolen|1\.2\.3\.4|evil/);
  });

  it('brings every cookie of the identity server back, one by one, and no other', async () => {
    const response = await fetch(`${app.url}/.ory/sessions/cookies`);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
      'ory_kratos_session',
      'csrf_token_1',
    ]);
    expect(cookies[0]).toContain('Expires=Thu, 01 Jan 2037 00:00:00 GMT');
    expect(response.headers.get('X-Powered-By')).toBeNull();
  });

  it('follows no redirect itself, and passes on only those that stay here', async () => {
    const go = (to: string) =>
      fetch(`${app.url}/.ory/sessions/away?${new URLSearchParams({ to })}`, { redirect: 'manual' });
    expect((await go(`${app.url}/login?flow=1`)).headers.get('Location')).toBe(
      `${app.url}/login?flow=1`,
    );
    for (const to of [`${ory.url}/admin/identities`, 'https://evil.test/', '//evil.test/']) {
      const response = await go(to);
      expect([to, response.status, response.headers.get('Location')]).toEqual([to, 502, null]);
    }
    expect(ory.seen.map(({ path }) => path.split('?')[0])).toEqual(Array(4).fill('/sessions/away'));
  });

  it('takes 64 kB and no more', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const post = (bytes: number) =>
      fetch(`${app.url}/.ory/self-service/settings`, {
        method: 'POST',
        headers,
        body: 'x'.repeat(bytes),
      });
    expect((await post(64 * 1024)).status).toBe(200);
    expect((await post(64 * 1024 + 1)).status).toBe(413);
    const keys = Array.from({ length: 3001 }, (_, key) => [key, 1]);
    const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
    const many = { ...json, body: JSON.stringify(Object.fromEntries(keys)) };
    expect((await fetch(`${app.url}/.ory/self-service/settings`, many)).status).toBe(400);
  });

  it('takes the blanks out of codes, and out of nothing else', async () => {
    const sent = { totp_code: ' 705 257', lookup_secret: ' Ab12 CD34 ', password: ' p w ' };
    const answer = await fetch(`${app.url}/.ory/self-service/settings`, {
      method: 'POST',
      body: new URLSearchParams({ ...sent, note: 'a b' }),
    });
    const { body } = (await answer.json()) as { body: string };
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      totp_code: '705257',
      lookup_secret: 'ab12cd34',
      password: ' p w ',
      note: 'a b',
    });
  });

  it('hides what a failing identity server says', async () => {
    const response = await fetch(`${app.url}/.ory/sessions/failing`);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await response.text()).not.toContain('internal');
  });
});
