import { describe, expect, it } from 'vitest';
import { at, csrfOf, messageIds, node, nodeMessageIds, nodeNames, textAt } from './json.ts';
import {
  appUrl,
  begin,
  goodPassword,
  locationOf,
  newEmail,
  newPerson,
  signedInPerson,
  signIn,
  submit,
  submitForm,
  whoami,
  withInstance,
} from './instance.ts';

const instance = withInstance();

const init = '/self-service/settings/browser';
const newPassword = 'entirely-different-words';

async function withSettings() {
  const { person, browser } = await signedInPerson(instance);
  return { person, browser, flow: await begin(browser, 'settings') };
}

describe('settings', () => {
  it('T1 wants a session', async () => {
    const asJson = await instance.browser().ask(init);
    expect([asJson.status, at(asJson.body, 'error.id')]).toEqual([401, 'session_inactive']);
    const plain = await instance.browser().ask(init, { accept: 'page' });
    const login = `${instance.baseUrl}self-service/login/browser`;
    expect([plain.status, locationOf(plain)]).toEqual([303, login]);
    const back = `${appUrl}/settings`;
    const kept = await instance.browser().ask(`${init}?return_to=${back}`, { accept: 'page' });
    expect(locationOf(kept).startsWith(`${login}?`)).toBe(true);
    expect(new URL(locationOf(kept)).searchParams.get('return_to')).toBe(back);
  });

  it('T2 shows the form with what is known', async () => {
    const { person, flow } = await withSettings();
    expect(flow).toMatchObject({ state: 'show_form', identity: { id: person.id } });
    expect(nodeNames(flow)).toEqual([
      'csrf_token',
      'method',
      'method',
      'password',
      'traits.email',
      'traits.name.first',
      'traits.name.last',
    ]);
    expect(at(node(flow, 'traits.email'), 'attributes.value')).toBe(person.email);
    expect(at(node(flow, 'traits.name.first'), 'attributes.value')).toBe('Pat');
  });

  it('T3 shows the flow to its owner alone', async () => {
    const { browser, flow } = await withSettings();
    const path = `/self-service/settings/flows?id=${textAt(flow, 'id')}`;
    expect((await browser.ask(path)).status).toBe(200);
    expect((await instance.browser().ask(path)).status).toBe(401);
    const onPage = await instance.browser().ask(path, { accept: 'page' });
    expect([onPage.status, locationOf(onPage)]).toEqual([302, `${appUrl}/login`]);
    const other = await (await signedInPerson(instance)).browser.ask(path);
    expect([other.status, at(other.body, 'error.id')]).toEqual([403, 'security_identity_mismatch']);
  });

  it('T4 saves a new name', async () => {
    const { person, browser, flow } = await withSettings();
    const traits = { email: person.email, name: { first: 'New', last: 'Name' } };
    const asJson = await submit(browser, flow, { method: 'profile', traits });
    expect(asJson.status).toBe(200);
    expect(at(asJson.body, 'state')).toBe('success');
    expect(messageIds(asJson.body)).toEqual([1050001]);
    expect(at(asJson.body, 'continue_with.0.action')).toBe('redirect_browser_to');
    expect(at((await whoami(browser)).body, 'identity.traits')).toEqual(traits);
    const id = textAt(flow, 'id');
    const onPage = await submitForm(browser, flow, {
      method: 'profile',
      'traits.email': person.email,
      'traits.name.first': 'Newer',
    });
    expect([onPage.status, locationOf(onPage)]).toEqual([303, `${appUrl}/settings?flow=${id}`]);
    expect(at((await whoami(browser)).body, 'identity.traits.name.first')).toBe('Newer');
  });

  it('T4 returns where the flow was told to', async () => {
    const { person, browser } = await signedInPerson(instance);
    const wanted = `${appUrl}/opportunities`;
    const flow = await begin(browser, 'settings', `?return_to=${wanted}`);
    const fields = { method: 'profile', 'traits.email': person.email };
    expect(locationOf(await submitForm(browser, flow, fields))).toBe(wanted);
  });

  it('T5 changes the address at once, and it is not verified', async () => {
    const { person, browser, flow } = await withSettings();
    const email = newEmail();
    const { status } = await submit(browser, flow, { method: 'profile', traits: { email } });
    expect(status).toBe(200);
    const { body } = await whoami(browser);
    expect(at(body, 'identity.verifiable_addresses')).toMatchObject([
      { value: email, verified: false },
    ]);
    const old = await signIn(instance.browser(), person.email);
    expect([old.status, messageIds(old.body)]).toEqual([400, [4000006]]);
    expect((await signIn(instance.browser(), email)).status).toBe(200);
  });

  it('T6 changes the password, stays signed in here and nowhere else', async () => {
    const { person, browser, flow } = await withSettings();
    const elsewhere = instance.browser();
    await signIn(elsewhere, person.email);
    const fields = { method: 'password', password: newPassword };
    expect((await submit(browser, flow, fields)).status).toBe(200);
    expect((await whoami(browser)).status).toBe(200);
    // The hook revoke_active_sessions of kratos.yml.
    expect((await whoami(elsewhere)).status).toBe(401);
    const old = await signIn(instance.browser(), person.email);
    expect([old.status, messageIds(old.body)]).toEqual([400, [4000006]]);
    expect((await signIn(instance.browser(), person.email, newPassword)).status).toBe(200);
  });

  it('T7 refuses the old password as the new one', async () => {
    const { browser, flow } = await withSettings();
    const fields = { method: 'password', password: goodPassword };
    const { status, body } = await submit(browser, flow, fields);
    expect([status, nodeMessageIds(body, 'password')]).toEqual([400, [4000039]]);
  });

  it('T9 refuses the address of somebody else', async () => {
    const { browser, flow } = await withSettings();
    const { email } = await newPerson(instance);
    const { status, body } = await submit(browser, flow, { method: 'profile', traits: { email } });
    expect([status, messageIds(body)]).toEqual([400, [4000007]]);
  });

  it('T10 refuses a wrong CSRF token', async () => {
    const { browser, flow } = await withSettings();
    expect(csrfOf(flow)).not.toBe('');
    const fields = { method: 'password', password: newPassword, csrf_token: 'wrong' };
    const { status, body } = await submit(browser, flow, fields);
    expect([status, at(body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
  });
});
