import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, messageIds, textAt } from './json.ts';
import {
  appUrl,
  begin,
  hasClock,
  goodPassword,
  locationOf,
  signedInPerson,
  signIn,
  startInstanceWithClock,
  submit,
  submitForm,
  whoami,
  type Clocked,
  type Instance,
} from './instance.ts';

describe.skipIf(!hasClock)('when time passes', () => {
  let instance: Instance;
  let pass: Clocked['pass'];
  beforeAll(async () => {
    ({ instance, pass } = await startInstanceWithClock());
  });
  afterAll(() => instance.stop());

  const late = async (kind: string) => {
    const browser = instance.browser();
    const flow = await begin(browser, kind);
    await pass('flow');
    return { browser, flow, path: `/self-service/${kind}/flows?id=${textAt(flow, 'id')}` };
  };

  const fields = { method: 'password', identifier: 'x', password: 'y' };

  /** The flow a browser was sent on to. */
  async function followed(browser: { ask: Instance['admin'] }, location: string, kind: string) {
    const id = new URL(location).searchParams.get('flow');
    return (await browser.ask(`/self-service/${kind}/flows?id=${id}`)).body;
  }

  it('L22 lets an expired login go, and begins another', async () => {
    const { browser, flow, path } = await late('login');
    const fetched = await browser.ask(path);
    expect([fetched.status, at(fetched.body, 'error.id')]).toEqual([
      410,
      'self_service_flow_expired',
    ]);
    const begins = `${instance.baseUrl}self-service/login/browser`;
    expect(at(fetched.body, 'error.details.redirect_to')).toBe(begins);
    const asJson = await submit(browser, flow, fields);
    expect(asJson.status).toBe(410);
    expect(asJson.body).toMatchObject({
      error: { id: 'self_service_flow_expired' },
      expired_at: expect.any(String),
      since: expect.any(Number),
      use_flow_id: expect.any(String),
    });
    const onPage = await submitForm(browser, flow, fields);
    expect(onPage.status).toBe(303);
    const fresh = await followed(browser, locationOf(onPage), 'login');
    expect(at(fresh, 'id')).not.toBe(at(flow, 'id'));
    expect(messageIds(fresh)).toEqual([4010001]);
  });

  it('N11 lets an expired registration go, and begins another', async () => {
    const { browser, flow } = await late('registration');
    const asJson = await submit(browser, flow, fields);
    expect([asJson.status, typeof at(asJson.body, 'use_flow_id')]).toEqual([410, 'string']);
    const onPage = await submitForm(browser, flow, fields);
    expect(onPage.status).toBe(303);
    const fresh = await followed(browser, locationOf(onPage), 'registration');
    expect(messageIds(fresh)).toEqual([4040001]);
  });

  it.each([
    ['recovery', 4060005],
    ['verification', 4070005],
  ])('sends JSON from an expired %s on to a new one', async (kind, message) => {
    const { browser, flow, path } = await late(kind);
    const fetched = await browser.ask(path);
    expect([fetched.status, at(fetched.body, 'error.id')]).toEqual([410, undefined]);
    const answer = await submit(browser, flow, { method: 'code', email: 'a@example.test' });
    expect(answer.status).toBe(303);
    const fresh = (await browser.ask(locationOf(answer))).body;
    expect(messageIds(fresh)).toEqual([message]);
  });

  it('S8 ends a session with its time', async () => {
    const { browser } = await signedInPerson(instance);
    await pass('session');
    expect((await whoami(browser)).status).toBe(401);
  });

  it('A14 renews the cookie of an extended session', async () => {
    const { browser } = await signedInPerson(instance);
    const id = textAt((await whoami(browser)).body, 'id');
    await pass('privileged');
    await instance.admin(`/admin/sessions/${id}/extend`, { method: 'PATCH' });
    const answer = await whoami(browser);
    expect(answer.setCookies.join()).toContain('ory_kratos_session=');
    await pass('restOfSession');
    expect((await whoami(browser)).status).toBe(200);
  });

  const change = { method: 'password', password: 'entirely-different-words' };

  it('T8 tells JSON that a new password needs a fresh sign-in', async () => {
    const { browser } = await signedInPerson(instance);
    await pass('privileged');
    const flow = await begin(browser, 'settings');
    const { status, body } = await submit(browser, flow, change);
    expect([status, at(body, 'error.id')]).toEqual([403, 'session_refresh_required']);
    const login = new URL(textAt(body, 'redirect_browser_to'));
    expect(login.searchParams.get('refresh')).toBe('true');
    expect(login.searchParams.get('return_to')).toBe(textAt(flow, 'ui.action'));
  });

  it('T8 has a browser sign in afresh, then carries the change out', async () => {
    const { person, browser } = await signedInPerson(instance);
    await pass('privileged');
    const flow = await begin(browser, 'settings');
    const onPage = await submitForm(browser, flow, change);
    expect(onPage.status).toBe(303);
    const login = new URL(locationOf(onPage));
    expect(login.searchParams.get('refresh')).toBe('true');
    expect(browser.cookies.has('ory_kratos_continuity')).toBe(true);
    const refresh = (await browser.ask(locationOf(onPage))).body;
    const again = await submitForm(browser, refresh, {
      method: 'password',
      identifier: person.email,
      password: goodPassword,
    });
    expect(locationOf(again)).toBe(login.searchParams.get('return_to'));
    const done = await browser.ask(locationOf(again), { accept: 'page' });
    const page = `${appUrl}/settings?flow=${textAt(flow, 'id')}`;
    expect([done.status, locationOf(done)]).toEqual([303, page]);
    expect((await signIn(instance.browser(), person.email, change.password)).status).toBe(200);
  });

  it('T8 lets a name be changed without one', async () => {
    const { person, browser } = await signedInPerson(instance);
    await pass('privileged');
    const flow = await begin(browser, 'settings');
    const traits = { email: person.email, name: { first: 'Late' } };
    expect((await submit(browser, flow, { method: 'profile', traits })).status).toBe(200);
  });
});
