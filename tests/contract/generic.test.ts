import { describe, expect, it } from 'vitest';
import { at, listAt, textAt } from './json.ts';
import { signedInPerson, withInstance } from './instance.ts';

const instance = withInstance();

const errorBody = { code: 500, status: expect.any(String), message: expect.any(String) };

describe('what holds everywhere', () => {
  it.each([
    '/self-service/login/browser',
    '/self-service/settings/browser',
    '/self-service/errors?id=stub:500',
    '/sessions/whoami',
    '/sessions',
  ])('G1 forbids keeping the answer of %s', async (path) => {
    const { headers } = await instance.browser().ask(path);
    expect(headers.get('cache-control')).toBe('private, no-cache, no-store, must-revalidate');
    expect(headers.get('vary')).toContain('Cookie');
  });

  it('G2 marks successes and errors as JSON in their two ways', async () => {
    const { browser } = await signedInPerson(instance);
    const good = await browser.ask('/sessions/whoami');
    expect(good.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const bad = await instance.browser().ask('/sessions/whoami');
    expect(bad.headers.get('content-type')).toBe('application/json');
  });

  it('G3 is alive and ready on both ports', async () => {
    const browser = instance.browser();
    const answers = [
      await browser.ask('/health/alive'),
      await browser.ask('/health/ready'),
      await instance.admin('/admin/health/ready'),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('G4 names its version on the admin port', async () => {
    const { status, body } = await instance.admin('/version');
    expect([status, typeof at(body, 'version')]).toEqual([200, 'string']);
  });

  it.each(['/nope', '/self-service/nope', '/self-service/login/browser/'])(
    'G5 does not know %s',
    async (path) => {
      expect((await instance.browser().ask(path)).status).toBe(404);
    },
  );

  it('G6 shows the identity schema by both its names, and no other', async () => {
    const browser = instance.browser();
    for (const id of ['person_v1', 'cGVyc29uX3Yx']) {
      const { status, body } = await browser.ask(`/schemas/${id}`);
      expect(status).toBe(200);
      expect(at(body, 'properties.traits.required')).toEqual(['email']);
    }
    const all = await browser.ask('/schemas');
    expect(listAt(all.body, '').map((one) => at(one, 'id'))).toEqual(['person_v1']);
    const unknown = await browser.ask('/schemas/nonesuch');
    expect([unknown.status, at(unknown.body, 'error.code')]).toEqual([404, 404]);
    expect(textAt(unknown.body, 'error.reason')).toContain('could not be found');
  });

  it.each(['/admin/identities', '/identities'])(
    'G7 sends who asks for %s in public to the admin port, and does nothing itself',
    async (path) => {
      const { status, headers, text } = await instance.browser().ask(path);
      expect(status).toBe(307);
      expect(headers.get('location')?.startsWith(instance.adminUrl)).toBe(true);
      expect(text).not.toContain('traits');
    },
  );

  it('X1 keeps errors for the error page', async () => {
    const browser = instance.browser();
    const stub = await browser.ask('/self-service/errors?id=stub:500');
    expect([stub.status, stub.body]).toMatchObject([200, { error: errorBody }]);
    const path = '/self-service/login/browser?return_to=https://evil.test/';
    const page = (await browser.ask(path, { accept: 'page' })).headers.get('location') ?? '';
    const id = new URL(page).searchParams.get('id');
    const kept = await browser.ask(`/self-service/errors?id=${id}`);
    expect([kept.status, kept.body]).toMatchObject([
      200,
      { id, error: { id: 'self_service_flow_return_to_forbidden', code: 400 } },
    ]);
    expect((await browser.ask('/self-service/errors?id=nope')).status).toBe(404);
  });

  it('A18 sends who asks for a flow on the admin port to the public one', async () => {
    const { status, headers } = await instance.admin('/self-service/login/browser');
    expect(status).toBe(307);
    expect(headers.get('location')).toBe(`${instance.baseUrl}self-service/login/browser`);
  });
});
