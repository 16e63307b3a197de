import { describe, expect, it } from 'vitest';
import { at, messageIds, node, nodeMessageIds, textAt, type JsonValue } from './json.ts';
import {
  appUrl,
  begin,
  locationOf,
  mailedCode,
  newEmail,
  newPerson,
  signedInPerson,
  submit,
  submitForm,
  whoami,
  withInstance,
} from './instance.ts';

const instance = withInstance();

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

/** A person without a session who has asked for a code. */
async function askedForCode(kind: 'recovery' | 'verification') {
  const person = await newPerson(instance);
  const browser = instance.browser();
  const flow = await begin(browser, kind);
  const sent = await submit(browser, flow, { method: 'code', email: person.email });
  const code = await mailedCode(instance, person.email, kind);
  return { person, browser, flow: sent.body, code, id: textAt(flow, 'id') };
}

/** What a form shows, without what differs from one flow to the next. */
const shape = (flow: JsonValue, email: string) =>
  JSON.stringify([at(flow, 'state'), at(flow, 'ui.nodes'), at(flow, 'ui.messages')])
    .replace(JSON.stringify(at(node(flow, 'csrf_token'), 'attributes.value')), '"token"')
    .replaceAll(email, 'address');

describe('recovery', () => {
  it('R1 begins for who is not signed in', async () => {
    const path = '/self-service/recovery/browser';
    const onPage = await instance.browser().ask(path, { accept: 'page' });
    expect(onPage.status).toBe(303);
    expect(locationOf(onPage)).toContain(`${appUrl}/recovery?flow=`);
    const asJson = await instance.browser().ask(path);
    expect(asJson.body).toMatchObject({ active: 'code', state: 'choose_method' });
    const { browser } = await signedInPerson(instance);
    const signedIn = await browser.ask(path);
    expect([signedIn.status, at(signedIn.body, 'error.id')]).toEqual([
      400,
      'session_already_available',
    ]);
    expect((await browser.ask(path, { accept: 'page' })).status).toBe(302);
  });

  it('R2 looks the same for a known and an unknown address', async () => {
    const shapes = [];
    for (const email of [(await newPerson(instance)).email, newEmail()]) {
      const browser = instance.browser();
      const flow = await begin(browser, 'recovery');
      const { status, body } = await submit(browser, flow, { method: 'code', email });
      expect([status, at(body, 'state'), messageIds(body)]).toEqual([200, 'sent_email', [1060003]]);
      shapes.push(shape(body, email));
    }
    expect(shapes[0]).toBe(shapes[1]);
  });

  it('R3 refuses a wrong code at the same form', async () => {
    const { browser, flow, code, id } = await askedForCode('recovery');
    const fields = { method: 'code', code: wrong(code) };
    const asJson = await submit(browser, flow, fields);
    expect([asJson.status, messageIds(asJson.body)]).toEqual([200, [4060006]]);
    const onPage = await submitForm(browser, flow, fields);
    expect([onPage.status, locationOf(onPage)]).toEqual([303, `${appUrl}/recovery?flow=${id}`]);
  });

  it('R4 lets JSON in with the right code and says where to go', async () => {
    const { browser, flow, code } = await askedForCode('recovery');
    const { status, body } = await submit(browser, flow, { method: 'code', code });
    expect([status, at(body, 'error.id')]).toEqual([422, 'browser_location_change_required']);
    expect(textAt(body, 'redirect_browser_to')).toContain(`${appUrl}/settings?flow=`);
    expect((await whoami(browser)).status).toBe(200);
  });

  it('R5 lets a browser in with the right code and on to its settings', async () => {
    const { person, browser, flow, code } = await askedForCode('recovery');
    const answer = await submitForm(browser, flow, { method: 'code', code });
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toContain(`${appUrl}/settings?flow=`);
    const { body } = await whoami(browser);
    expect(at(body, 'authentication_methods.0.method')).toBe('code_recovery');
    expect(at(body, 'identity.verifiable_addresses.0')).toMatchObject({
      value: person.email,
      verified: true,
      status: 'completed',
    });
    const id = new URL(locationOf(answer)).searchParams.get('flow');
    const settings = (await browser.ask(`/self-service/settings/flows?id=${id}`)).body;
    expect(messageIds(settings)).toEqual([1060001]);
    const saved = await submit(browser, settings, {
      method: 'password',
      password: 'found-it-again-words',
    });
    expect(saved.status).toBe(200);
  });

  it('R6 spends a code once', async () => {
    const { browser, flow, code, id } = await askedForCode('recovery');
    await submit(browser, flow, { method: 'code', code });
    const again = await browser.ask(`/self-service/recovery?flow=${id}`, {
      body: { method: 'code', code },
    });
    expect(again.status).not.toBe(422);
    expect(again.setCookies.join()).not.toContain('ory_kratos_session');
  });

  it('R7 gives up a flow after five wrong codes', async () => {
    const { browser, flow, code, id } = await askedForCode('recovery');
    for (let tries = 0; tries < 5; tries++) {
      const { status } = await submit(browser, flow, { method: 'code', code: wrong(code) });
      expect(status).toBe(200);
    }
    const sixth = await submit(browser, flow, { method: 'code', code });
    expect(sixth.status).toBe(303);
    const fresh = (await browser.ask(locationOf(sixth))).body;
    expect(at(fresh, 'id')).not.toBe(id);
    expect(textAt(fresh, 'ui.messages.0.text')).toContain('submitted too often');
  });

  it('R8 wants an address', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'recovery');
    const { status, body } = await submit(browser, flow, { method: 'code' });
    expect([status, nodeMessageIds(body, 'email')]).toEqual([400, [4000002]]);
  });

  it('lets nobody in whose account is disabled', async () => {
    const { email } = await newPerson(instance, { state: 'inactive' });
    const browser = instance.browser();
    const flow = await begin(browser, 'recovery');
    const { body } = await submit(browser, flow, { method: 'code', email });
    const code = await mailedCode(instance, email, 'recovery');
    await submit(browser, body, { method: 'code', code });
    expect((await whoami(browser)).status).toBe(401);
  });
});

describe('verification', () => {
  it('V1 looks the same for a known and an unknown address', async () => {
    for (const email of [(await newPerson(instance)).email, newEmail()]) {
      const browser = instance.browser();
      const flow = await begin(browser, 'verification');
      expect(flow).toMatchObject({ active: 'code', state: 'choose_method' });
      const { status, body } = await submit(browser, flow, { method: 'code', email });
      expect([status, at(body, 'state'), messageIds(body)]).toEqual([200, 'sent_email', [1080003]]);
    }
  });

  it('V2 verifies the address with the right code', async () => {
    const { person, browser, flow, code } = await askedForCode('verification');
    const { status, body } = await submit(browser, flow, { method: 'code', code });
    expect([status, at(body, 'state'), messageIds(body)]).toEqual([
      200,
      'passed_challenge',
      [1080002],
    ]);
    const identity = (await instance.admin(`/admin/identities/${person.id}`)).body;
    expect(at(identity, 'verifiable_addresses.0')).toMatchObject({
      verified: true,
      status: 'completed',
      verified_at: expect.any(String),
    });
    const again = await submit(browser, flow, { method: 'code', code });
    expect([again.status, at(again.body, 'error.id')]).toEqual([410, 'self_service_flow_replaced']);
    expect(at(again.body, 'use_flow_id')).toEqual(expect.any(String));
  });

  it('V2 sends a browser with the right code back to its page', async () => {
    const { browser, flow, code, id } = await askedForCode('verification');
    const answer = await submitForm(browser, flow, { method: 'code', code });
    const page = `${appUrl}/verification?flow=${id}`;
    expect([answer.status, locationOf(answer)]).toEqual([303, page]);
    const { body } = await browser.ask(`/self-service/verification/flows?id=${id}`);
    expect([at(body, 'state'), messageIds(body)]).toEqual(['passed_challenge', [1080002]]);
  });

  it('V3 refuses a wrong code', async () => {
    const { browser, flow, code } = await askedForCode('verification');
    const { status, body } = await submit(browser, flow, { method: 'code', code: wrong(code) });
    expect([status, messageIds(body)]).toEqual([200, [4070006]]);
  });

  it('V4 fills the code of a mailed link in, in whatever browser, and does not spend it', async () => {
    const { code, id } = await askedForCode('verification');
    const browser = instance.browser();
    const path = `/self-service/verification?flow=${id}&code=${code}`;
    const answer = await browser.ask(path, { accept: 'page' });
    const page = `${appUrl}/verification?flow=${id}`;
    expect([answer.status, locationOf(answer)]).toEqual([303, page]);
    const flow = (await browser.ask(`/self-service/verification/flows?id=${id}`)).body;
    expect(at(node(flow, 'code'), 'attributes.value')).toBe(code);
    const done = await submit(browser, flow, { method: 'code', code });
    expect(messageIds(done.body)).toEqual([1080002]);
  });
});
