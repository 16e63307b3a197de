import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
const person = { id, email: 'Chosen@Example.test', verified: true };
const secondFactor = '/.ory/self-service/login/browser?aal=aal2';
let app: Application;
let ory: ScriptedIdentity;

beforeAll(async () => {
  ory = await startScriptedIdentity((request, response) => {
    const session = /my_session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
    const token = request.headers['x-session-token'];
    switch (session ?? token) {
      case 'good':
        return answer(response, 200, sessionOf(person));
      case 'unverified':
        return answer(response, 200, sessionOf({ ...person, verified: false }));
      case 'boastful': {
        const traits = { email: person.email, role: 'MANAGER', roles: ['MANAGER'] };
        return answer(response, 200, sessionOf({ ...person, verified: false, traits }));
      }
      case 'broken-name': {
        const name = { first: '\u0000Ada\u202e', last: 'Lovelace' };
        return answer(
          response,
          200,
          sessionOf({ ...person, traits: { email: person.email, name } }),
        );
      }
      case 'aal2': {
        const error = { id: 'session_aal2_required', code: 403 };
        return answer(response, 403, {
          error,
          redirect_browser_to: `https://bqs.example.test${secondFactor}`,
        });
      }
      case 'forbidden':
        return answer(response, 403, { error: { code: 403 } });
      case 'failing':
        return answer(response, 500, {});
      case 'busy':
        return answer(response, 429, {});
      case 'nonsense':
        return answer(response, 200, { hello: 'world' });
      case 'elsewhere':
        return answer(response, 307, {}, { Location: `${ory.url}/admin/identities` });
      case 'cut':
        return void request.socket.destroy();
      case 'silent':
        return;
      default:
        return answer(response, 401, { error: { code: 401 } });
    }
  });
  app = await startApplication({
    env: {
      ORY_PUBLIC_URL: ory.url,
      ORY_SESSION_COOKIE: 'my_session',
      FIRST_MANAGER_EMAIL: 'chosen@example.test',
    },
  });
});
afterAll(async () => {
  await app.stop();
  await ory.stop();
});
beforeEach(async () => {
  await db.user.deleteMany();
  ory.seen.length = 0;
});

const get = (session: string, path = '/audit', headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    redirect: 'manual',
    headers: {
      Cookie: `theme=dark; my_session=${session}; csrf_token_1=a; bqs_toast=b`,
      ...headers,
    },
  });

describe('what the identity server says of a session', () => {
  it('is asked once per request, and shown none of our own cookies', async () => {
    await createUser(db, { oryIdentityId: id, roles: ['MANAGER'] });
    expect((await get('good', '/audit')).status).toBe(200);
    expect(ory.seen).toHaveLength(1);
    expect(ory.seen[0]?.headers.cookie).toBe('my_session=good; csrf_token_1=a');
  });

  it('is not asked at all where there is no session cookie', async () => {
    const response = await fetch(`${app.url}/audit`, { redirect: 'manual' });
    expect(response.headers.get('Location')).toBe('/login?return_to=%2Faudit');
    expect(ory.seen).toHaveLength(0);
  });

  it('sends a signed-out person to sign in, and a program the problem', async () => {
    const page = await get('expired', '/audit?kind=role.granted');
    expect(page.headers.get('Location')).toBe('/login?return_to=%2Faudit%3Fkind%3Drole.granted');
    const api = await get('expired', '/api/sync-status');
    expect(api.status).toBe(401);
    expect(api.headers.get('Content-Type')).toContain('application/problem+json');
    expect(api.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('sends a person who needs a second factor to it, and back afterwards', async () => {
    const page = await get('aal2', '/audit');
    const target = new URL(page.headers.get('Location') ?? '');
    // The identity server named another host; the way to it stays under BQS.
    expect(target.href.startsWith(app.url + secondFactor)).toBe(true);
    expect(target.searchParams.get('return_to')).toBe(`${app.url}/audit`);
    expect((await get('aal2', '/api/sync-status')).status).toBe(403);
  });

  it.each(['failing', 'busy', 'forbidden', 'nonsense', 'elsewhere', 'cut', 'silent'])(
    'is an outage where it is %s: 503, nobody signed out, nobody let in',
    async (session) => {
      for (const path of ['/audit', '/login', '/api/sync-status']) {
        const response = await get(session, path);
        expect(response.status).toBe(503);
        expect(response.headers.getSetCookie()).toEqual([]);
        if (path.startsWith('/api')) expect(response.headers.get('Retry-After')).toBe('5');
      }
      expect(ory.seen.some(({ path }) => path.includes('admin'))).toBe(false);
    },
  );
});

describe('the first manager', () => {
  it('is the verified address that is named, once, whatever its case', async () => {
    expect((await get('good', '/audit')).status).toBe(200);
    expect((await get('good', '/audit')).status).toBe(200);
    const events = await db.auditEvent.findMany({ where: { kind: 'first_manager.granted' } });
    expect(events).toHaveLength(1);
  });

  it.each(['unverified', 'boastful'])(
    'is nobody whose address is not verified: %s',
    async (session) => {
      const response = await get(session, '/audit');
      expect(response.headers.get('Location')).toBe('/welcome');
      expect(await db.userRole.count()).toBe(0);
    },
  );

  it('is nobody while there is a manager', async () => {
    await createUser(db, { roles: ['MANAGER'] });
    expect((await get('good', '/audit')).headers.get('Location')).toBe('/welcome');
  });
});

describe('a session token', () => {
  const withToken = (path: string, headers: Record<string, string>) =>
    fetch(app.url + path, { redirect: 'manual', headers });

  it.each<Record<string, string>>([
    { Authorization: 'Bearer good' },
    { 'X-Session-Token': 'good' },
  ])('opens the API as %j', async (headers) => {
    await createUser(db, { oryIdentityId: id, roles: ['MANAGER'] });
    expect((await withToken('/api/sync-status', headers)).status).toBe(200);
  });

  it('opens no page', async () => {
    await createUser(db, { oryIdentityId: id, roles: ['MANAGER'] });
    expect((await withToken('/audit', { Authorization: 'Bearer good' })).status).toBe(302);
  });
});

describe('a name with characters nobody can see', () => {
  it('is kept without them, and no page breaks over it', async () => {
    const page = await fetch(`${app.url}/`, { headers: { Cookie: 'my_session=broken-name' } });
    expect(page.status).toBe(200);
    const user = await db.user.findUniqueOrThrow({ where: { oryIdentityId: id } });
    expect(user.name).toBe('Ada Lovelace');
  });
});
