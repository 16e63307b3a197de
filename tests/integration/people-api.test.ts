import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleIdentityIds } from '#dev/ory/sample-accounts.ts';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';

let app: Application;
let manager: string;
const idOf = async (oryIdentityId: string) =>
  (await db.user.findUniqueOrThrow({ where: { oryIdentityId } })).id;

beforeAll(async () => {
  app = await startApplication();
  manager = (await app.signIn('manager@example.test')).cookie;
});
afterAll(() => app.stop());

function post(id: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${app.url}/api/users/${id}/role`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: manager, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('POST /api/users/{id}/role', () => {
  it('grants and revokes, by the id of BQS or of the identity server', async () => {
    const id = await idOf(sampleIdentityIds.newcomer);
    const granted = await post(id, { role: 'SALES' });
    expect(granted.status).toBe(200);
    expect(await granted.json()).toEqual({ id, role: 'SALES', action: 'grant', changed: true });
    expect(await db.userRole.count({ where: { userId: id, role: 'SALES' } })).toBe(1);
    const revoked = await post(sampleIdentityIds.newcomer, { role: 'SALES', action: 'revoke' });
    expect(await revoked.json()).toMatchObject({ id, changed: true });
    expect(await db.userRole.count({ where: { userId: id } })).toBe(0);
  });

  it('counts at the very next request of the person', async () => {
    const { cookie } = await app.signIn('newcomer@example.test');
    const read = () => fetch(`${app.url}/api/opportunities`, { headers: { Cookie: cookie } });
    expect((await read()).status).toBe(403);
    await post(sampleIdentityIds.newcomer, { role: 'SALES' });
    expect((await read()).status).toBe(200);
    await post(sampleIdentityIds.newcomer, { role: 'SALES', action: 'revoke' });
    expect((await read()).status).toBe(403);
  });

  it.each([
    ['no JSON', '{'],
    ['no role', {}],
    ['an unknown role', { role: 'KING' }],
    ['an unknown action', { role: 'SALES', action: 'maybe' }],
    ['an unknown key', { role: 'SALES', userId: 'x' }],
    ['a list', []],
  ])('answers 400 to %s', async (_what, body) => {
    const response = await post(sampleIdentityIds.newcomer, body);
    expect(response.status).toBe(400);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it.each(['7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11', 'nobody', '1'])(
    'answers 404 to %s',
    async (id) => {
      expect((await post(id, { role: 'SALES' })).status).toBe(404);
    },
  );

  it('answers 409 with the cause where a manager would lose their own role', async () => {
    const response = await post(sampleIdentityIds.manager, { role: 'MANAGER', action: 'revoke' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ reason: 'own-manager-role' });
  });

  it('answers 403 to everybody who is no manager', async () => {
    for (const who of ['head', 'architect', 'sales', 'newcomer']) {
      const { cookie } = await app.signIn(`${who}@example.test`);
      const response = await post(
        sampleIdentityIds.newcomer,
        { role: 'MANAGER' },
        { Cookie: cookie },
      );
      expect([who, response.status]).toEqual([who, 403]);
    }
    expect(await db.userRole.count({ where: { role: 'MANAGER' } })).toBe(1);
  });

  it('answers 405 to a GET', async () => {
    const url = `${app.url}/api/users/${sampleIdentityIds.newcomer}/role`;
    const response = await fetch(url, { headers: { Cookie: manager } });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST']);
  });
});

describe('a page of another site', () => {
  it.each<Record<string, string>>([
    { Origin: 'https://evil.test' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'null' },
  ])('cannot use the session of a manager: %j', async (sent) => {
    const response = await post(sampleIdentityIds.newcomer, { role: 'MANAGER' }, sent);
    expect(response.status).toBe(403);
    const page = await fetch(`${app.url}/people`, {
      method: 'POST',
      headers: { Cookie: manager, ...sent },
      body: new URLSearchParams({ intent: 'add-practice', name: 'Planted' }),
      redirect: 'manual',
    });
    // Remix itself refuses a foreign Origin before a route is asked, with a bare 500.
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(await db.practice.count({ where: { name: 'Planted' } })).toBe(0);
  });

  it('cannot sign anybody out', async () => {
    const headers = { Cookie: manager, 'Sec-Fetch-Site': 'cross-site' };
    const response = await fetch(`${app.url}/logout`, {
      method: 'POST',
      headers,
      redirect: 'manual',
    });
    expect(response.status).toBe(403);
  });
});
