import { describe, expect, it } from 'vitest';
import { at, listAt, textAt } from './json.ts';
import {
  appUrl,
  cookieLine,
  locationOf,
  signedInPerson,
  signIn,
  whoami,
  withInstance,
} from './instance.ts';

const instance = withInstance();

const nobody = {
  error: {
    code: 401,
    status: 'Unauthorized',
    reason: 'No valid session credentials found in the request.',
    message: 'The request could not be authorized',
  },
};

describe('whoami', () => {
  it('S1 knows nobody without a cookie, and hands out none', async () => {
    const answer = await whoami(instance.browser());
    expect([answer.status, answer.body]).toEqual([401, nobody]);
    expect(answer.setCookies).toEqual([]);
  });

  it('S2 takes garbage and foreign cookies for nobody', async () => {
    const foreign =
      'MTcwMDAwMDAwMHxEdi1CQkFFQ180SUFBUkFCRUFBQVJfLUNBQUVHYzNSeWFXNW5EQThBRFhObGMzTnBiMjV8';
    for (const value of ['garbage', foreign, '', 'a'.repeat(200)]) {
      const browser = instance.browser();
      browser.cookies.set('ory_kratos_session', value);
      const answer = await whoami(browser);
      expect([answer.status, answer.body]).toEqual([401, nobody]);
    }
  });

  it('S2 takes a cookie that was tampered with for nobody', async () => {
    const { browser } = await signedInPerson(instance);
    const value = browser.cookies.get('ory_kratos_session') ?? '';
    const middle = Math.floor(value.length / 2);
    const other = value[middle] === 'A' ? 'B' : 'A';
    const tampered = value.slice(0, middle) + other + value.slice(middle + 1);
    browser.cookies.set('ory_kratos_session', tampered);
    expect((await whoami(browser)).status).toBe(401);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    'S3 tells who it is by %s',
    async (method) => {
      const { person, browser } = await signedInPerson(instance, {
        metadata_public: { shown: 1 },
        metadata_admin: { hidden: 1 },
      });
      const answer = await browser.ask('/sessions/whoami', { method });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-kratos-authenticated-identity-id')).toBe(person.id);
      expect(answer.setCookies).toEqual([]);
      if (method === 'HEAD') return;
      expect(answer.body).toMatchObject({
        active: true,
        authenticator_assurance_level: 'aal1',
        authentication_methods: [{ method: 'password', aal: 'aal1' }],
        identity: {
          id: person.id,
          schema_id: 'person_v1',
          schema_url: `${instance.baseUrl}schemas/cGVyc29uX3Yx`,
          state: 'active',
          traits: { email: person.email },
          verifiable_addresses: [{ value: person.email, verified: false, via: 'email' }],
          recovery_addresses: [{ value: person.email, via: 'email' }],
          metadata_public: { shown: 1 },
          organization_id: null,
        },
        devices: [{ ip_address: expect.any(String), user_agent: expect.any(String) }],
      });
      expect(answer.text).not.toMatch(/credentials|metadata_admin|token|argon2/);
    },
  );

  it('S4 does not mind other cookies', async () => {
    const { browser } = await signedInPerson(instance);
    browser.cookies.set('theme', 'dark');
    browser.cookies.set('odd', '"quo ted"');
    expect((await whoami(browser)).status).toBe(200);
  });

  it('S5 believes the token header before the cookie', async () => {
    const { browser } = await signedInPerson(instance);
    expect((await whoami(browser, { 'X-Session-Token': 'bad' })).status).toBe(401);
  });

  it('S6 shuts out a disabled person at once, and lets them back in', async () => {
    const { person, browser } = await signedInPerson(instance);
    const set = (value: string) =>
      instance.admin(`/admin/identities/${person.id}`, {
        method: 'PATCH',
        body: [{ op: 'replace', path: '/state', value }],
      });
    await set('inactive');
    expect((await whoami(browser)).status).toBe(401);
    await set('active');
    expect((await whoami(browser)).status).toBe(200);
  });

  it('S7 forgets sessions an administrator deletes, which works once', async () => {
    const { person, browser } = await signedInPerson(instance);
    const path = `/admin/identities/${person.id}/sessions`;
    expect((await instance.admin(path, { method: 'DELETE' })).status).toBe(204);
    expect((await whoami(browser)).status).toBe(401);
    expect((await instance.admin(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('S9 knows no token template', async () => {
    const { browser } = await signedInPerson(instance);
    const { status, body } = await browser.ask('/sessions/whoami?tokenize_as=nonesuch');
    expect([status, at(body, 'error.code')]).toEqual([400, 400]);
  });

  it('takes a native session token as bearer or in its header', async () => {
    const { person } = await signedInPerson(instance);
    const browser = instance.browser();
    const flow = (await browser.ask('/self-service/login/api')).body;
    const { body } = await browser.ask(textAt(flow, 'ui.action'), {
      body: { method: 'password', identifier: person.email, password: 'correct-horse-battery' },
    });
    const token = textAt(body, 'session_token');
    expect(token).toMatch(/^ory_st_/);
    const both: Record<string, string>[] = [
      { Authorization: `Bearer ${token}` },
      { 'X-Session-Token': token },
    ];
    for (const headers of both) {
      expect((await whoami(instance.browser(), headers)).status).toBe(200);
    }
  });
});

describe('a person’s own sessions', () => {
  it('S10 lists the others, for who is signed in', async () => {
    const { person, browser } = await signedInPerson(instance);
    const other = instance.browser();
    await signIn(other, person.email);
    const answer = await browser.ask('/sessions');
    expect([answer.status, answer.headers.get('x-total-count')]).toEqual([200, '1']);
    expect(answer.headers.get('link')).toContain('rel="first"');
    const { body } = await whoami(other);
    expect(listAt(answer.body, '').map((session) => at(session, 'id'))).toEqual([at(body, 'id')]);
    const anonymous = await instance.browser().ask('/sessions');
    expect(anonymous.status).toBe(401);
    expect(at(anonymous.body, 'error.reason')).toBe('No valid session cookie found.');
  });

  it('S11 ends all but this one', async () => {
    const { person, browser } = await signedInPerson(instance);
    const others = [instance.browser(), instance.browser()];
    for (const other of others) await signIn(other, person.email);
    const answer = await browser.ask('/sessions', { method: 'DELETE' });
    expect([answer.status, answer.body]).toEqual([200, { count: 2 }]);
    for (const other of others) expect((await whoami(other)).status).toBe(401);
    expect((await whoami(browser)).status).toBe(200);
  });

  it('S12 ends another by id, never this one, and nobody else’s', async () => {
    const { person, browser } = await signedInPerson(instance);
    const other = instance.browser();
    await signIn(other, person.email);
    const stranger = (await signedInPerson(instance)).browser;
    const idOf = async (one: typeof browser) => textAt((await whoami(one)).body, 'id');
    const end = async (id: string) =>
      (await browser.ask(`/sessions/${id}`, { method: 'DELETE' })).status;
    const unknown = '7a1d1c1e-0000-4000-8000-000000000000';
    const ids = [await idOf(browser), await idOf(other), await idOf(stranger), unknown, 'x'];
    const statuses = [];
    for (const id of ids) statuses.push(await end(id));
    expect(statuses).toEqual([400, 204, 204, 204, 400]);
    expect((await whoami(other)).status).toBe(401);
    expect((await whoami(stranger)).status).toBe(200);
  });
});

describe('logout', () => {
  const init = '/self-service/logout/browser';

  it('O1 hands the way out to who is signed in, in JSON whatever they accept', async () => {
    const { browser } = await signedInPerson(instance);
    for (const accept of ['json', 'page'] as const) {
      const { status, body } = await browser.ask(init, { accept });
      expect(status).toBe(200);
      const token = textAt(body, 'logout_token');
      expect(token).toMatch(/^ory_lo_/);
      expect(at(body, 'logout_url')).toBe(`${instance.baseUrl}self-service/logout?token=${token}`);
    }
  });

  it('O2 has no way out for who is not in', async () => {
    const asJson = await instance.browser().ask(init);
    expect([asJson.status, at(asJson.body, 'error.id')]).toEqual([401, 'session_inactive']);
    const onPage = await instance.browser().ask(init, { accept: 'page' });
    expect(onPage.status).toBe(303);
    expect(locationOf(onPage)).toContain(`${appUrl}/error?id=`);
  });

  it.each([
    ['O3', 'page', 303],
    ['O4', 'json', 204],
  ] as const)('%s signs a browser out (%s)', async (_row, accept, status) => {
    const { browser } = await signedInPerson(instance);
    const session = browser.cookies.get('ory_kratos_session') ?? '';
    const url = textAt((await browser.ask(init)).body, 'logout_url');
    const answer = await browser.ask(url, { accept });
    expect(answer.status).toBe(status);
    expect(locationOf(answer)).toBe(accept === 'page' ? `${appUrl}/login` : '');
    const line = cookieLine(answer, 'ory_kratos_session');
    expect(line).toContain('Max-Age=0');
    expect(line).toMatch(/Expires=Thu, 01 Jan 1970/);
    expect(cookieLine(answer, 'csrf_token_')).not.toBe('');
    browser.cookies.set('ory_kratos_session', session);
    expect((await whoami(browser)).status).toBe(401);
  });

  it('O5 wants the token of this very session', async () => {
    const { browser } = await signedInPerson(instance);
    const stranger = (await signedInPerson(instance)).browser;
    const theirs = textAt((await stranger.ask(init)).body, 'logout_token');
    const answers = [
      await browser.ask('/self-service/logout'),
      await browser.ask('/self-service/logout?token=wrong'),
      await browser.ask(`/self-service/logout?token=${theirs}`),
      await instance.browser().ask('/self-service/logout?token=wrong'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 403, 403, 401]);
    expect(textAt(answers[0]?.body, 'error.reason')).toContain('include a token');
    expect((await whoami(browser)).status).toBe(200);
  });

  it('O6 returns where it may', async () => {
    const { browser } = await signedInPerson(instance);
    const wanted = `${appUrl}/goodbye`;
    const { body } = await browser.ask(`${init}?return_to=${wanted}`);
    const url = textAt(body, 'logout_url');
    expect(new URL(url).searchParams.get('return_to')).toBe(wanted);
    const evil = await browser.ask(`${init}?return_to=https://evil.test/`);
    expect(evil.status).toBe(400);
    expect(at(evil.body, 'error.id')).toBe('self_service_flow_return_to_forbidden');
    const answer = await browser.ask(url, { accept: 'page' });
    expect([answer.status, locationOf(answer)]).toEqual([303, wanted]);
  });
});
