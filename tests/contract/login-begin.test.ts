import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unmaskToken } from '#dev/ory/csrf.ts';
import { at, csrfOf, nodeNames, textAt } from './json.ts';
import { appUrl, begin, cookieLine, locationOf, signedInPerson, withInstance } from './instance.ts';

const instance = withInstance();

const csrfName = () => `csrf_token_${createHash('sha256').update(instance.baseUrl).digest('hex')}`;

describe('beginning a login', () => {
  it('L1 sends a browser to the login page and hands it the CSRF cookie', async () => {
    const answer = await instance.browser().ask('/self-service/login/browser', { accept: 'page' });
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toMatch(new RegExp(`^${appUrl}/login\\?flow=[0-9a-f-]{36}$`));
    const line = cookieLine(answer, csrfName());
    for (const part of ['HttpOnly', 'Path=/', 'Max-Age=31536000', 'SameSite=Lax']) {
      expect(line).toContain(part);
    }
  });

  it('L2 gives JSON the flow with its four nodes', async () => {
    const { status, body } = await instance.browser().ask('/self-service/login/browser');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'browser',
      state: 'choose_method',
      refresh: false,
      requested_aal: 'aal1',
      organization_id: null,
      ui: { method: 'POST' },
    });
    expect(at(body, 'ui.action')).toBe(
      `${instance.baseUrl}self-service/login?flow=${textAt(body, 'id')}`,
    );
    expect(nodeNames(body)).toEqual(['csrf_token', 'identifier', 'method', 'password']);
    expect(Buffer.from(csrfOf(body), 'base64')).toHaveLength(64);
  });

  it('L3 keeps a valid CSRF cookie and masks it anew for every form', async () => {
    const browser = instance.browser();
    const first = await begin(browser, 'login');
    const second = await browser.ask('/self-service/login/browser');
    expect(second.setCookies).toEqual([]);
    expect(csrfOf(second.body)).not.toBe(csrfOf(first));
    const secret = browser.cookies.get(csrfName());
    for (const flow of [first, second.body]) {
      expect(unmaskToken(csrfOf(flow))?.toString('base64')).toBe(secret);
    }
  });

  it('L4 takes a client that accepts anything for a browser', async () => {
    const answer = await instance
      .browser()
      .ask('/self-service/login/browser', { accept: 'anything' });
    expect(answer.status).toBe(303);
  });

  it('L5 hands out the flow again to the browser it was begun in', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const again = await browser.ask(`/self-service/login/flows?id=${textAt(flow, 'id')}`);
    expect(again.status).toBe(200);
    expect(at(again.body, 'ui.nodes')).toEqual(at(flow, 'ui.nodes'));
  });

  it.each(['no', 'another'])('L6 refuses the flow to a browser with %s cookie', async (which) => {
    const flow = await begin(instance.browser(), 'login');
    const stranger = instance.browser();
    if (which === 'another') await begin(stranger, 'login');
    const path = `/self-service/login/flows?id=${textAt(flow, 'id')}`;
    const { status, body } = await stranger.ask(path);
    expect([status, at(body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
    expect(at(body, 'error.details.docs')).toEqual(expect.any(String));
    if (which === 'no') expect(textAt(body, 'error.details.reject_reason')).toContain('Cookie');
  });

  it.each(['7a1d1c1e-0000-4000-8000-000000000000', 'nonsense', ''])(
    'L7 does not know the flow "%s"',
    async (id) => {
      const { status, body } = await instance.browser().ask(`/self-service/login/flows?id=${id}`);
      expect(status).toBe(404);
      expect(body).toMatchObject({
        error: { code: 404, message: 'Unable to locate the resource' },
      });
      expect(at(body, 'error.id')).toBeUndefined();
    },
  );

  it('L8 does not return to a stranger, in JSON and on the error page', async () => {
    const path = '/self-service/login/browser?return_to=https://evil.test/';
    const asJson = await instance.browser().ask(path);
    expect(asJson.status).toBe(400);
    expect(at(asJson.body, 'error.id')).toBe('self_service_flow_return_to_forbidden');
    const onPage = await instance.browser().ask(path, { accept: 'page' });
    expect(onPage.status).toBe(303);
    expect(locationOf(onPage)).toMatch(new RegExp(`^${appUrl}/error\\?id=`));
  });

  it('L9 remembers where to return to', async () => {
    const wanted = `${appUrl}/opportunities`;
    const flow = await begin(instance.browser(), 'login', `?return_to=${wanted}`);
    expect(at(flow, 'return_to')).toBe(wanted);
    expect(textAt(flow, 'request_url')).toContain('return_to=');
  });

  it('L18 tells a signed-in person so, and sends their browser on', async () => {
    const { browser } = await signedInPerson(instance);
    const asJson = await browser.ask('/self-service/login/browser');
    expect(asJson.status).toBe(400);
    expect(asJson.body).toMatchObject({
      error: { id: 'session_already_available', message: 'you are already logged in' },
    });
    const wanted = `${appUrl}/inbox`;
    const plain = await browser.ask('/self-service/login/browser', { accept: 'page' });
    expect([plain.status, locationOf(plain)]).toEqual([303, `${appUrl}/`]);
    const onPage = await browser.ask(`/self-service/login/browser?return_to=${wanted}`, {
      accept: 'page',
    });
    expect([onPage.status, locationOf(onPage)]).toEqual([303, wanted]);
  });

  it('L21 wants a first factor before a second, and knows no ninth', async () => {
    const second = await instance.browser().ask('/self-service/login/browser?aal=aal2');
    expect([second.status, at(second.body, 'error.id')]).toEqual([401, 'session_aal1_required']);
    const ninth = await instance.browser().ask('/self-service/login/browser?aal=aal9');
    expect(ninth.status).toBe(400);
  });
});
