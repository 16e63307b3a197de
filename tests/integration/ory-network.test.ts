import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { Visitor } from '../setup/sign-in.ts';
import {
  answer,
  sessionOf,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';

/** An identity server that knows of no BQS: it answers with its own host, as Ory Network does. */
let ory: ScriptedIdentity;
let app: Application;
/** What the next redirect of the identity server is to. */
let redirectTo = '';
let action = '';

const key = 'ory_apikey_never_in_a_browser';
const session = 'ory_session_quietfox1a2b';
const flowId = '7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
const person = {
  id: '5b1f3c0e-8f1a-4a8e-9a53-6f0f5d0a1c11',
  email: 'nina@example.test',
  verified: true,
};

beforeAll(async () => {
  ory = await startScriptedIdentity((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://ory');
    const cookie = request.headers.cookie ?? '';
    if (pathname === '/sessions/whoami') {
      if (cookie.includes(`${session}=half`)) {
        const redirect_browser_to = `${ory.url}/self-service/login/browser?aal=aal2`;
        return answer(response, 403, {
          error: { id: 'session_aal2_required', code: 403 },
          redirect_browser_to,
        });
      }
      if (cookie.includes(`${session}=`)) return answer(response, 200, sessionOf(person));
      return answer(response, 401, { error: { code: 401 } });
    }
    if (pathname === '/self-service/login/flows') return answer(response, 200, flow());
    const domain = `Domain=${new URL(ory.url).hostname}; Path=/; HttpOnly; Secure; SameSite=Lax`;
    const cookies = [`${session}=MTY; ${domain}`, `csrf_token_1=x; ${domain}`, '__cf_bm=y; Path=/'];
    answer(response, 303, {}, { Location: redirectTo, 'Set-Cookie': cookies });
  });
  app = await startApplication({
    env: {
      ORY_PUBLIC_URL: ory.url,
      ORY_ADMIN_URL: ory.url,
      ORY_API_KEY: key,
      ORY_SESSION_COOKIE: session,
    },
  });
});
afterAll(async () => {
  await app.stop();
  await ory.stop();
});
beforeEach(() => {
  action = `${ory.url}/self-service/login?flow=${flowId}`;
  ory.seen.length = 0;
});

function flow() {
  const node = (type: string, group: string, attributes: object) => ({
    type,
    group,
    attributes,
    messages: [],
    meta: {},
  });
  const title = { id: 1, text: 'Terms', type: 'info' };
  const nodes = [
    node('input', 'default', { name: 'csrf_token', type: 'hidden', value: 'x' }),
    node('input', 'password', { name: 'password', type: 'password' }),
    node('script', 'passkey', { src: `${ory.url}/.well-known/ory/webauthn.js` }),
    node('a', 'default', { href: `${ory.url}/self-service/recovery/browser`, title }),
  ];
  return { id: flowId, state: 'choose_method', ui: { action, method: 'POST', nodes } };
}

const through = (path: string, init: RequestInit = {}) => new Visitor(app.url).fetch(path, init);
const loginPage = () => through(`/login?flow=${flowId}`, { headers: { Cookie: 'csrf_token_1=x' } });

describe('an identity server under a host of its own', () => {
  it('has its forms, links and script shown at their addresses under BQS', async () => {
    const html = await (await loginPage()).text();
    const own = `${app.url}/.ory/self-service`;
    expect(html).toContain(`action="${own}/login?flow=${flowId}"`);
    expect(html).toContain(`href="${own}/recovery/browser"`);
    expect(html).toContain('src="/.ory/.well-known/ory/webauthn.js"');
    expect(html).not.toContain(ory.url);
  });

  it.each(['https://evil.test/self-service/login', '/admin/identities', 'javascript:alert(1)'])(
    'has no form shown that leads to %s',
    async (target) => {
      action = target.startsWith('/') ? ory.url + target : target;
      const response = await loginPage();
      expect(response.status).toBe(503);
      expect(await response.text()).not.toContain(action);
    },
  );

  it('is redirected to under BQS, path and query as they are', async () => {
    for (const [target, expected] of [
      [
        `${ory.url}/self-service/login/browser?aal=aal2`,
        '/.ory/self-service/login/browser?aal=aal2',
      ],
      [`${app.url}/login?flow=1`, '/login?flow=1'],
    ] as const) {
      redirectTo = target;
      const response = await through('/.ory/self-service/login?flow=1', { method: 'POST' });
      expect([response.status, response.headers.get('Location')]).toEqual([
        303,
        app.url + expected,
      ]);
    }
  });

  it('leads nobody to its admin API or to another site', async () => {
    for (const target of [
      `${ory.url}/admin/identities`,
      `${ory.url}/self-service/%2e%2e/admin/identities`,
      `${ory.url}/`,
      `${ory.url}.evil.test/self-service/login`,
      ory.url.replace('http://', 'http://evil.test@') + '.evil.test/self-service/login',
      'https://other.projects.oryapis.com/self-service/login',
      '//evil.test/self-service/login',
      '\\\\evil.test',
      'javascript:alert(1)',
    ]) {
      redirectTo = target;
      const response = await through('/.ory/self-service/login/browser');
      const { status, headers } = response;
      expect([target, status, headers.get('Location'), headers.getSetCookie()]).toEqual([
        ...[target, 502, null, []],
      ]);
    }
  });

  it('sets its cookies for BQS’ host, and none that is not its own', async () => {
    redirectTo = `${app.url}/`;
    const response = await through('/.ory/self-service/login?flow=1', { method: 'POST' });
    const kept = 'Path=/; HttpOnly; Secure; SameSite=Lax';
    expect(response.headers.getSetCookie()).toEqual([
      `${session}=MTY; ${kept}`,
      `csrf_token_1=x; ${kept}`,
    ]);
  });

  it('is asked with its own cookies alone, the session under its name', async () => {
    const Cookie = `theme=dark; ory_kratos_session=old; ${session}=full; csrf_token_1=c`;
    const { status, headers } = await through('/welcome', { headers: { Cookie } });
    expect([status, headers.get('Location')]).toEqual([200, null]);
    const asked = ory.seen.map(({ path, headers: { cookie } }) => [path, cookie]);
    expect(asked).toEqual([
      ['/sessions/whoami', `ory_kratos_session=old; ${session}=full; csrf_token_1=c`],
    ]);
    const stranger = await through('/welcome', { headers: { Cookie: 'ory_kratos_session=old' } });
    expect(stranger.headers.get('Location')).toContain('/login');
  });

  it('asks for the second factor under BQS', async () => {
    const response = await through('/audit', { headers: { Cookie: `${session}=half` } });
    const location = new URL(response.headers.get('Location') ?? '');
    expect(location.origin + location.pathname).toBe(`${app.url}/.ory/self-service/login/browser`);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      aal: 'aal2',
      return_to: `${app.url}/audit`,
    });
  });

  it('gets the key of its admin API on no request for a browser, and no browser gets it', async () => {
    redirectTo = `${app.url}/`;
    const pages = [
      await loginPage(),
      await through('/welcome', { headers: { Cookie: `${session}=full` } }),
      await through('/.ory/self-service/login/browser', {
        headers: { Authorization: `Bearer ${key}` },
      }),
      await through('/readyz'),
    ];
    for (const page of pages) {
      const sent = JSON.stringify([...page.headers]) + (await page.text());
      expect(sent).not.toContain('ory_apikey');
    }
    expect(ory.seen.length).toBeGreaterThan(3);
    expect(JSON.stringify(ory.seen)).not.toContain('ory_apikey');
  });
});
