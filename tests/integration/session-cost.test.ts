import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';
import {
  answer,
  sessionOf,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';

const id = '5d0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
const cacheSeconds = 4;
/** Sessions that were ended at the identity server, by the value of their cookie. */
const revoked = new Set<string>();
let down = false;
/** What happens while the identity server is ending the other sessions. */
let meanwhile: (() => Promise<unknown>) | null = null;
let ory: ScriptedIdentity;
/** As it comes, and with answers of the identity server remembered. */
let plain: Application;
let caching: Application;

beforeAll(async () => {
  ory = await startScriptedIdentity((request, response) => {
    const cookie = /my_session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
    const session = cookie ?? request.headers['x-session-token'] ?? '';
    if (down) return answer(response, 500, {});
    if (revoked.has(String(session))) return answer(response, 401, { error: { code: 401 } });
    if (request.url === '/self-service/logout/browser') {
      return answer(response, 200, { logout_url: '', logout_token: 'ory_lo_x' });
    }
    if (request.url?.startsWith('/sessions') && !request.url.includes('whoami')) {
      if (request.method !== 'DELETE') return answer(response, 200, []);
      return void (meanwhile?.() ?? Promise.resolve()).then(() =>
        answer(response, 200, { count: 1 }),
      );
    }
    answer(response, 200, sessionOf({ id, email: 'ada@example.test', verified: true }));
  });
  const env = { ORY_PUBLIC_URL: ory.url, ORY_SESSION_COOKIE: 'my_session' };
  plain = await startApplication({ env });
  const more = { SESSION_CACHE_SECONDS: String(cacheSeconds) };
  caching = await startApplication({ env: { ...env, ...more } });
  await createUser(db, { oryIdentityId: id, roles: ['MANAGER'] });
  // The first page of a process takes its time, which is not what is measured here.
  for (const path of ['/opportunities', '/people']) {
    for (const app of [plain, caching]) await statusOf(app, path);
  }
});
afterAll(async () => {
  await plain.stop();
  await caching.stop();
  await ory.stop();
});

let session = 'warm';
let sessions = 0;
beforeEach(() => {
  session = `session-${++sessions}`;
  down = false;
  meanwhile = null;
  ory.seen.length = 0;
});

const get = (app: Application, path: string, init: RequestInit = {}) =>
  fetch(app.url + path, {
    redirect: 'manual',
    ...init,
    headers: { Cookie: `my_session=${session}`, Origin: app.url, ...init.headers },
  });
const statusOf = async (app: Application, path: string, init: RequestInit = {}) => {
  const response = await get(app, path, init);
  await response.body?.cancel();
  return response.status;
};
const whoamis = () => ory.seen.filter(({ path }) => path === '/sessions/whoami').length;
const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const settled = () => new Promise((later) => setTimeout(later, cacheSeconds * 1000 + 100));

describe('what a request costs at the identity server', () => {
  it.each([
    ['/', 1],
    ['/opportunities', 1],
    ['/people', 1],
    ['/settings/sessions', 1],
    ['/opportunities.data', 1],
    ['/people.data', 1],
    ['/_root.data', 1],
    ['/api/sync-status', 1],
    ['/login', 1],
    ['/healthz', 0],
    ['/favicon.svg', 0],
    ['/assets/none-such.js', 0],
  ])('%s asks %s times whose session it is', async (path, times) => {
    await statusOf(plain, path);
    expect(whoamis()).toBe(times);
  });

  it('a form asks once too', async () => {
    await statusOf(plain, '/people', form({ intent: 'nothing' }));
    await statusOf(plain, '/settings/sessions', form({ intent: 'end-others' }));
    expect(whoamis()).toBe(2);
  });

  it.each(['/', '/people', '/opportunities.data', '/api/sync-status', '/login', '/logout'])(
    '%s without a cookie asks nothing',
    async (path) => {
      await statusOf(plain, path, { headers: { Cookie: 'theme=dark' } });
      expect(ory.seen).toHaveLength(0);
    },
  );
});

describe('a session that is ended, without a cache', () => {
  it('is refused at the very next request', async () => {
    expect(await statusOf(plain, '/opportunities')).toBe(200);
    revoked.add(session);
    expect(await statusOf(plain, '/opportunities')).toBe(302);
    expect(await statusOf(plain, '/people', form({ intent: 'nothing' }))).toBe(401);
  });
});

describe('a session that is ended, with a cache', () => {
  it('reads ordinary pages for as long as is set, and no longer', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    const since = Date.now();
    revoked.add(session);
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    expect(whoamis()).toBe(1);
    while ((await statusOf(caching, '/opportunities')) === 200) {
      await new Promise((later) => setTimeout(later, 50));
    }
    expect(Date.now() - since).toBeLessThan(cacheSeconds * 1000 + 1500);
  });

  it.each([
    ...['/people', '/people/access', '/people/access/export', '/audit', '/audit/export'],
    ...['/admin/scorecards', '/decisions', '/settings/sessions', '/notifications/1'],
  ])('opens no %s from the first request on, and nothing else afterwards', async (path) => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    revoked.add(session);
    expect(await statusOf(caching, path)).toBe(302);
    expect(await statusOf(caching, '/opportunities')).toBe(302);
    expect(await db.auditEvent.count({ where: { kind: { endsWith: '.exported' } } })).toBe(0);
  });

  it('changes nothing from the first request on', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    revoked.add(session);
    const choices = form({ intent: 'read-all' });
    expect(await statusOf(caching, '/notifications', choices)).toBe(401);
  });

  it('does not lead round between sign-in and page', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    revoked.add(session);
    const login = await get(caching, '/login?return_to=/audit');
    expect(login.headers.get('Location')).toContain('/.ory/self-service/login/browser');
  });

  it('that was ended here is refused at once', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    expect(await statusOf(caching, '/logout', { method: 'POST' })).toBe(302);
    revoked.add(session);
    expect(await statusOf(caching, '/opportunities')).toBe(302);
  });

  it('and is used by a thief too is refused to both, and in another spelling it is none', async () => {
    const owner = { Cookie: `csrf_token_x=y; my_session=${session}` };
    const thief = { Cookie: `my_session=${session}` };
    const quoted = { Cookie: `my_session="${session}"` };
    expect(await statusOf(caching, '/opportunities', { headers: owner })).toBe(200);
    expect(await statusOf(caching, '/opportunities', { headers: thief })).toBe(200);
    expect(await statusOf(caching, '/opportunities', { headers: quoted })).toBe(302);
    expect(await statusOf(caching, '/logout', { method: 'POST', headers: owner })).toBe(302);
    // The way out is known, and the session not ended yet: whoever reads now is remembered anew.
    expect(await statusOf(caching, '/opportunities', { headers: thief })).toBe(200);
    revoked.add(session);
    const end = '/.ory/self-service/logout?token=ory_lo_x';
    await statusOf(caching, end, { headers: owner });
    for (const headers of [owner, thief]) {
      expect(await statusOf(caching, '/opportunities', { headers })).toBe(302);
    }
  });

  it.each(['end-others', 'end-all'])(
    'elsewhere is not remembered by what it reads while %s ends it',
    async (intent) => {
      const elsewhere = { headers: { Cookie: `my_session=during-${intent}` } };
      const read = vi.fn(() => statusOf(caching, '/opportunities', elsewhere));
      meanwhile = read;
      expect(await statusOf(caching, '/settings/sessions', form({ intent }))).toBe(302);
      expect(read).toHaveBeenCalledOnce();
      expect(await read.mock.results[0]?.value).toBe(200);
      revoked.add(`during-${intent}`);
      expect(await statusOf(caching, '/opportunities', elsewhere)).toBe(302);
    },
  );

  it('elsewhere by its owner is refused at once', async () => {
    const elsewhere = { headers: { Cookie: 'my_session=elsewhere' } };
    expect(await statusOf(caching, '/opportunities', elsewhere)).toBe(200);
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    expect(await statusOf(caching, '/settings/sessions', form({ intent: 'end-others' }))).toBe(302);
    revoked.add('elsewhere');
    expect(await statusOf(caching, '/opportunities', elsewhere)).toBe(302);
  });
});

describe('the cache', () => {
  it('takes roles from the tables as they stand', async () => {
    expect(await statusOf(caching, '/api/sync-status')).toBe(200);
    const { id: userId } = await db.user.findUniqueOrThrow({ where: { oryIdentityId: id } });
    await db.userRole.deleteMany({ where: { userId } });
    expect(await statusOf(caching, '/api/sync-status')).toBe(403);
    expect(whoamis()).toBe(1);
    await db.userRole.create({ data: { userId, role: 'MANAGER' } });
  });

  it('remembers no outage, and nobody who is not signed in', async () => {
    down = true;
    expect(await statusOf(caching, '/opportunities')).toBe(503);
    down = false;
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    session = 'signed-out';
    revoked.add(session);
    expect(await statusOf(caching, '/opportunities')).toBe(302);
    revoked.delete(session);
    expect(await statusOf(caching, '/opportunities')).toBe(200);
  });

  it('holds through an outage only as long as it would anyway', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    down = true;
    expect(await statusOf(caching, '/people')).toBe(503);
    await settled();
    expect(await statusOf(caching, '/opportunities')).toBe(503);
  });

  it('tells one session from another', async () => {
    expect(await statusOf(caching, '/opportunities')).toBe(200);
    session = 'forged';
    revoked.add(session);
    expect(await statusOf(caching, '/opportunities')).toBe(302);
  });
});
