import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { Answer, Browser } from './browser.ts';
import {
  begin,
  goodPassword,
  locationOf,
  signedInPerson,
  signIn,
  submit,
  submitForm,
  whoami,
  withInstance,
  type Person,
} from './instance.ts';
import { at, listAt, messageIds, nodeMessageIds, textAt, type JsonValue } from './json.ts';

const instance = withInstance();

const nodesOf = (flow: JsonValue, group: string) =>
  listAt(flow, 'ui.nodes').filter((node) => at(node, 'group') === group);
const nodeById = (flow: JsonValue, id: string) =>
  listAt(flow, 'ui.nodes').find((node) => at(node, 'attributes.id') === id) ?? null;
const namesOf = (flow: JsonValue, group: string) =>
  nodesOf(flow, group)
    .map((node) => textAt(node, 'attributes.name') || textAt(node, 'attributes.id'))
    .sort();
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

interface WithApp {
  person: Person;
  browser: Browser;
  secret: string;
  settings: Answer;
}

/** Somebody who has set an authenticator app up. */
async function personWithApp(): Promise<WithApp> {
  const { person, browser } = await signedInPerson(instance);
  const flow = await begin(browser, 'settings');
  const secret = textAt(nodeById(flow, 'totp_secret_key'), 'attributes.text.context.secret');
  const settings = await submit(browser, flow, { method: 'totp', totp_code: codeOf(secret) });
  return { person, browser, secret, settings };
}

/** The backup codes somebody has made and kept. */
async function keepBackupCodes(browser: Browser): Promise<string[]> {
  const flow = await begin(browser, 'settings');
  const { body } = await submit(browser, flow, { lookup_secret_regenerate: 'true' });
  const list = listAt(nodeById(body, 'lookup_secret_codes'), 'attributes.text.context.secrets');
  await submit(browser, body, { lookup_secret_confirm: 'true' });
  return list.map((one) => textAt(one, 'context.secret'));
}

describe('an authenticator app in the settings', () => {
  it('F1 is offered with a picture, the secret and a field for its code', async () => {
    const { browser } = await signedInPerson(instance);
    const flow = await begin(browser, 'settings');
    expect(namesOf(flow, 'totp')).toEqual(['method', 'totp_code', 'totp_qr', 'totp_secret_key']);
    expect(textAt(nodeById(flow, 'totp_qr'), 'attributes.src')).toMatch(/^data:image\//);
    expect(at(nodeById(flow, 'totp_secret_key'), 'attributes.text.id')).toBe(1050006);
  });

  it('F2 refuses a wrong code and an empty one at the field', async () => {
    const { browser } = await signedInPerson(instance);
    const flow = await begin(browser, 'settings');
    const wrong = await submit(browser, flow, { method: 'totp', totp_code: '000000' });
    expect([wrong.status, nodeMessageIds(wrong.body, 'totp_code')]).toEqual([400, [4000008]]);
    const empty = await submit(browser, flow, { method: 'totp', totp_code: '' });
    expect([empty.status, nodeMessageIds(empty.body, 'totp_code')]).toEqual([400, [4000002]]);
    const form = await submitForm(browser, flow, { method: 'totp', totp_code: '000000' });
    expect(form.status).toBe(303);
  });

  it('F3 is set up by a right code, which lifts the session and keeps its id', async () => {
    const { browser } = await signedInPerson(instance);
    const before = await whoami(browser);
    const flow = await begin(browser, 'settings');
    const secret = textAt(nodeById(flow, 'totp_secret_key'), 'attributes.text.context.secret');
    const saved = await submit(browser, flow, { method: 'totp', totp_code: codeOf(secret) });
    expect([saved.status, messageIds(saved.body)]).toEqual([200, [1050001]]);
    expect(namesOf(saved.body, 'totp')).toEqual(['totp_unlink']);
    const { body } = await whoami(browser);
    expect(at(body, 'id')).toBe(at(before.body, 'id'));
    expect(at(body, 'authenticator_assurance_level')).toBe('aal2');
    expect(listAt(body, 'authentication_methods').map((one) => at(one, 'method'))).toEqual([
      'password',
      'totp',
    ]);
  });

  it('F4 is taken away again', async () => {
    const { browser } = await personWithApp();
    const flow = await begin(browser, 'settings');
    const { status, body } = await submit(browser, flow, { method: 'totp', totp_unlink: 'true' });
    expect([status, namesOf(body, 'totp').includes('totp_qr')]).toEqual([200, true]);
    const again = instance.browser();
    expect((await whoami(again)).status).toBe(401);
  });
});

describe('backup codes in the settings', () => {
  it('F5 are made, shown, kept, shown again and taken away', async () => {
    const { browser } = await signedInPerson(instance);
    let flow = await begin(browser, 'settings');
    expect(namesOf(flow, 'lookup_secret')).toEqual(['lookup_secret_regenerate']);
    const made = await submit(browser, flow, { lookup_secret_regenerate: 'true' });
    expect(made.status).toBe(200);
    expect(namesOf(made.body, 'lookup_secret')).toEqual([
      'lookup_secret_codes',
      'lookup_secret_confirm',
    ]);
    const list = nodeById(made.body, 'lookup_secret_codes');
    expect(listAt(list, 'attributes.text.context.secrets')).toHaveLength(12);
    const kept = await submit(browser, made.body, { lookup_secret_confirm: 'true' });
    expect([kept.status, messageIds(kept.body)]).toEqual([200, [1050001]]);
    flow = await begin(browser, 'settings');
    const offered = ['lookup_secret_disable', 'lookup_secret_reveal'];
    expect(namesOf(flow, 'lookup_secret')).toEqual(offered);
    const shown = await submit(browser, flow, { lookup_secret_reveal: 'true' });
    expect(textAt(nodeById(shown.body, 'lookup_secret_codes'), 'attributes.text.text')).toBe(
      textAt(list, 'attributes.text.text'),
    );
    const gone = await submit(browser, shown.body, { lookup_secret_disable: 'true' });
    expect(namesOf(gone.body, 'lookup_secret')).toEqual(['lookup_secret_regenerate']);
  });

  it('F6 cannot be kept before they are made, nor shown where there are none', async () => {
    const { browser } = await signedInPerson(instance);
    const flow = await begin(browser, 'settings');
    for (const button of ['lookup_secret_confirm', 'lookup_secret_reveal']) {
      const { status, body } = await submit(browser, flow, { [button]: 'true' });
      expect([button, status, messageIds(body)]).toEqual([button, 400, [4000001]]);
    }
  });
});

describe('signing in with a second factor', () => {
  it('F7 leads from the password to the second step', async () => {
    const { person } = await personWithApp();
    const json = await signIn(instance.browser(), person.email);
    expect([json.status, at(json.body, 'error.id')]).toEqual([
      422,
      'browser_location_change_required',
    ]);
    const second = `${instance.baseUrl}self-service/login/browser?aal=aal2`;
    expect(at(json.body, 'redirect_browser_to')).toBe(second);
    const browser = instance.browser();
    const back = new URL('/opportunities?x=1', instance.baseUrl).href;
    const flow = await begin(browser, 'login', `?${new URLSearchParams({ return_to: back })}`);
    const form = await submitForm(browser, flow, {
      method: 'password',
      identifier: person.email,
      password: goodPassword,
    });
    expect([form.status, locationOf(form)]).toEqual([
      303,
      `${second}&return_to=${encodeURIComponent(back)}`,
    ]);
  });

  it('F8 keeps a session without it from everything but the second step', async () => {
    const { person, browser: full } = await personWithApp();
    const flow = await begin(full, 'settings');
    const browser = instance.browser();
    await signIn(browser, person.email);
    const due = `${instance.baseUrl}self-service/login/browser?aal=aal2`;
    for (const path of ['/sessions/whoami', '/self-service/settings/browser', '/sessions']) {
      const { status, body } = await browser.ask(path);
      expect([path, status, at(body, 'error.id'), at(body, 'redirect_browser_to')]).toEqual([
        ...[path, 403, 'session_aal2_required', due],
      ]);
    }
    const fetched = await browser.ask(`/self-service/settings/flows?id=${textAt(flow, 'id')}`);
    expect([fetched.status, at(fetched.body, 'error.id')]).toEqual([403, 'session_aal2_required']);
    const page = await browser.ask('/self-service/settings/browser', { accept: 'page' });
    expect([page.status, locationOf(page)]).toEqual([303, due]);
    expect((await browser.ask('/self-service/logout/browser')).status).toBe(200);
  });

  it('F9 shows the factors there are, and says what is wrong with a code', async () => {
    const { person, browser: full } = await personWithApp();
    const browser = instance.browser();
    await signIn(browser, person.email);
    const flow = await begin(browser, 'login', '?aal=aal2');
    expect([at(flow, 'requested_aal'), messageIds(flow)]).toEqual(['aal2', [1010004]]);
    expect(namesOf(flow, 'totp')).toEqual(['method', 'totp_code']);
    expect(namesOf(flow, 'lookup_secret')).toEqual([]);
    const tries: [object, number][] = [
      [{ method: 'totp', totp_code: '123456' }, 4000008],
      [{ method: 'lookup_secret', lookup_secret: 'abc' }, 4000014],
      [{ totp_code: '123456' }, 4010002],
      [{ method: 'password', identifier: person.email, password: goodPassword }, 4010002],
    ];
    for (const [fields, id] of tries) {
      const { status, body } = await submit(browser, flow, fields);
      expect([fields, status, messageIds(body)]).toEqual([fields, 400, [id]]);
    }
    const missing = await submit(browser, flow, { method: 'totp' });
    expect(nodeMessageIds(missing.body, 'totp_code')).toEqual([4000002]);
    const forged = await browser.ask(textAt(flow, 'ui.action'), {
      body: { method: 'totp', totp_code: '123456', csrf_token: 'forged' },
    });
    expect([forged.status, at(forged.body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
    await keepBackupCodes(full);
    const both = await begin(browser, 'login', '?aal=aal2');
    expect(namesOf(both, 'lookup_secret')).toEqual(['lookup_secret', 'method']);
    const wrong = await submit(browser, both, { method: 'lookup_secret', lookup_secret: 'abc' });
    expect(messageIds(wrong.body)).toEqual([4000016]);
  });

  it('F10 is passed by a code of the app, in the same session', async () => {
    const { person, secret } = await personWithApp();
    const browser = instance.browser();
    await signIn(browser, person.email);
    const flow = await begin(browser, 'login', '?aal=aal2');
    const done = await submitForm(browser, flow, { method: 'totp', totp_code: codeOf(secret) });
    expect([done.status, locationOf(done)]).toEqual([303, new URL('/', instance.baseUrl).href]);
    const { body } = await whoami(browser);
    expect(at(body, 'authenticator_assurance_level')).toBe('aal2');
    const methods = listAt(body, 'authentication_methods');
    expect(methods.map((one) => [at(one, 'method'), at(one, 'aal')])).toEqual([
      ['password', 'aal1'],
      ['totp', 'aal2'],
    ]);
    const again = await browser.ask('/self-service/login/browser?aal=aal2');
    expect([again.status, at(again.body, 'error.id')]).toEqual([400, 'session_already_available']);
    const late = await submit(browser, flow, { method: 'totp', totp_code: codeOf(secret) });
    expect([late.status, messageIds(late.body)]).toEqual([400, [4000001]]);
  });

  it('F11 is passed by a backup code, once', async () => {
    const { person, browser: full } = await personWithApp();
    const [code = ''] = await keepBackupCodes(full);
    const use = async () => {
      const browser = instance.browser();
      await signIn(browser, person.email);
      const flow = await begin(browser, 'login', '?aal=aal2');
      return submit(browser, flow, { method: 'lookup_secret', lookup_secret: code });
    };
    const first = await use();
    expect([first.status, at(first.body, 'session.authenticator_assurance_level')]).toEqual([
      200,
      'aal2',
    ]);
    const second = await use();
    expect([second.status, messageIds(second.body)]).toEqual([400, [4000012]]);
  });

  it('F12 is asked for again where the caller wants it fresh', async () => {
    const { browser, secret } = await personWithApp();
    const flow = await begin(browser, 'login', '?refresh=true&aal=aal2');
    expect([at(flow, 'refresh'), messageIds(flow)]).toEqual([true, [1010003]]);
    expect(namesOf(flow, 'totp')).toEqual(['method', 'totp_code']);
    const before = await whoami(browser);
    const done = await submit(browser, flow, { method: 'totp', totp_code: codeOf(secret) });
    expect(done.status).toBe(200);
    const after = await whoami(browser);
    expect(at(after.body, 'id')).toBe(at(before.body, 'id'));
    expect(textAt(after.body, 'authenticated_at') > textAt(before.body, 'authenticated_at')).toBe(
      true,
    );
  });

  it('F13 is due after a recovery too', async () => {
    const { person } = await personWithApp();
    const made = await instance.admin('/admin/recovery/code', {
      body: { identity_id: person.id },
    });
    const browser = instance.browser();
    const id = new URL(textAt(made.body, 'recovery_link')).searchParams.get('flow');
    const { body: flow } = await browser.ask(`/self-service/recovery/flows?id=${id}`);
    const code = textAt(made.body, 'recovery_code');
    const done = await submitForm(browser, flow, { method: 'code', code });
    expect(done.status).toBe(303);
    const { status, body } = await whoami(browser);
    expect([status, at(body, 'error.id')]).toEqual([403, 'session_aal2_required']);
  });
});
