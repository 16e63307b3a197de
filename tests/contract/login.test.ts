import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { at, csrfOf, messageIds, node, nodeMessageIds, textAt } from './json.ts';
import {
  appUrl,
  begin,
  cookieLine,
  goodPassword,
  locationOf,
  newPerson,
  submit,
  submitForm,
  whoami,
  withInstance,
  type Person,
} from './instance.ts';

const instance = withInstance();
let person: Person;
beforeAll(async () => void (person = await newPerson(instance)));

const valid = () => ({ method: 'password', identifier: person.email, password: goodPassword });
const csrfName = () => `csrf_token_${createHash('sha256').update(instance.baseUrl).digest('hex')}`;

describe('submitting a login', () => {
  it('L10 sends a browser with a wrong password back to the same form', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const answer = await submitForm(browser, flow, { ...valid(), password: 'not-the-password' });
    const id = textAt(flow, 'id');
    expect([answer.status, locationOf(answer)]).toEqual([303, `${appUrl}/login?flow=${id}`]);
    expect(browser.cookies.has('ory_kratos_session')).toBe(false);
    const { body } = await browser.ask(`/self-service/login/flows?id=${id}`);
    expect(at(body, 'ui.messages.0')).toMatchObject({ id: 4000006, type: 'error' });
    expect(at(node(body, 'identifier'), 'attributes.value')).toBe(person.email);
    expect(at(node(body, 'password'), 'attributes.value')).toBeUndefined();
  });

  it('L11 does not tell a wrong password from an unknown account', async () => {
    const answers = [];
    for (const identifier of [person.email, 'nobody@example.test']) {
      const browser = instance.browser();
      const flow = await begin(browser, 'login');
      const fields = { method: 'password', identifier, password: 'not-the-password' };
      answers.push(await submit(browser, flow, fields));
    }
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    const [known, unknown] = answers.map(({ body }) => at(body, 'ui.messages'));
    expect(at(known, '0.id')).toBe(4000006);
    expect(unknown).toEqual(known);
  });

  it.each([
    [{ password: 'x' }, ['identifier']],
    [{ identifier: 'x' }, ['password']],
    [{}, ['identifier', 'password']],
    [{ identifier: '', password: '' }, ['identifier']],
  ])('L12 names what is missing from %j', async (fields, missing) => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const { status, body } = await submit(browser, flow, { method: 'password', ...fields });
    expect(status).toBe(400);
    for (const name of missing) expect(nodeMessageIds(body, name)).toEqual([4000002]);
  });

  it('L13 wants to know the method', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const { status, body } = await submit(browser, flow, { ...valid(), method: undefined });
    expect([status, messageIds(body)]).toEqual([400, [4010002]]);
  });

  it('L14 refuses a wrong CSRF token, a missing cookie, and shows a browser the error page', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const wrong = await submit(browser, flow, { ...valid(), csrf_token: 'wrong' });
    const without = await submit(instance.browser(), flow, valid());
    for (const { status, body } of [wrong, without]) {
      expect([status, at(body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
    }
    const onPage = await submitForm(instance.browser(), flow, valid());
    expect(onPage.status).toBe(303);
    const id = new URL(locationOf(onPage)).searchParams.get('id');
    const shown = await browser.ask(`/self-service/errors?id=${id}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({ id, error: { id: 'security_csrf_violation', code: 403 } });
  });

  it('L15 refuses a form without a flow, and one of an unknown flow', async () => {
    const browser = instance.browser();
    const without = await browser.ask('/self-service/login', { body: valid() });
    expect(without.status).toBe(400);
    expect(textAt(without.body, 'error.reason')).toContain('flow query parameter');
    const path = '/self-service/login?flow=7a1d1c1e-0000-4000-8000-000000000000';
    const unknown = await browser.ask(path, { body: valid() });
    expect([unknown.status, at(unknown.body, 'error.code')]).toEqual([404, 404]);
  });

  it('L16 signs a browser in, sends it on and renews its CSRF cookie', async () => {
    const browser = instance.browser();
    const wanted = `${appUrl}/opportunities`;
    const flow = await begin(browser, 'login', `?return_to=${wanted}`);
    const before = browser.cookies.get(csrfName());
    const answer = await submitForm(browser, flow, valid());
    expect([answer.status, locationOf(answer)]).toEqual([303, wanted]);
    const line = cookieLine(answer, 'ory_kratos_session');
    expect(line).toMatch(/Max-Age=[1-9]/);
    for (const part of ['HttpOnly', 'Path=/', 'SameSite=Lax']) expect(line).toContain(part);
    expect(line).not.toContain('Secure');
    expect(browser.cookies.get(csrfName())).not.toBe(before);
    expect((await whoami(browser)).status).toBe(200);
  });

  it('L17 answers JSON with the session and where to go, never with its token', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const { status, body, text } = await submit(browser, flow, valid());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      session: { active: true, identity: { id: person.id } },
      continue_with: [{ action: 'redirect_browser_to', redirect_browser_to: `${appUrl}/` }],
    });
    expect(text).not.toContain('session_token');
    expect(browser.cookies.has('ory_kratos_session')).toBe(true);
  });

  it('L19 does not sign in who is signed in', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    await submit(browser, flow, valid());
    const asJson = await submit(browser, flow, valid());
    expect([asJson.status, messageIds(asJson.body)]).toEqual([400, [4000001]]);
    expect(textAt(asJson.body, 'ui.messages.0.text')).toContain('A valid session was detected');
    const onPage = await submitForm(browser, flow, valid());
    expect([onPage.status, locationOf(onPage)]).toEqual([303, `${appUrl}/`]);
  });

  it('L20 signs in again under the same session', async () => {
    const browser = instance.browser();
    await submit(browser, await begin(browser, 'login'), valid());
    const before = (await whoami(browser)).body;
    const flow = await begin(browser, 'login', '?refresh=true');
    expect([at(flow, 'refresh'), messageIds(flow)]).toEqual([true, [1010003]]);
    expect(at(node(flow, 'identifier'), 'attributes')).toMatchObject({
      type: 'hidden',
      value: person.email,
    });
    expect((await submit(browser, flow, valid())).status).toBe(200);
    const after = (await whoami(browser)).body;
    expect(at(after, 'id')).toBe(at(before, 'id'));
    expect(textAt(after, 'authenticated_at') > textAt(before, 'authenticated_at')).toBe(true);
  });

  it('L23 turns a disabled person away', async () => {
    const disabled = await newPerson(instance, { state: 'inactive' });
    const fields = { method: 'password', identifier: disabled.email, password: goodPassword };
    const browser = instance.browser();
    const asJson = await submit(browser, await begin(browser, 'login'), fields);
    expect(asJson.status).toBe(401);
    expect(asJson.body).toMatchObject({
      error: { message: 'identity is disabled', details: { identity_id: disabled.id } },
    });
    const onPage = await submitForm(browser, await begin(browser, 'login'), fields);
    expect(onPage.status).toBe(303);
    expect(locationOf(onPage)).toContain(`${appUrl}/error?id=`);
  });

  it('L24 minds neither case nor blanks in the e-mail address', async () => {
    const browser = instance.browser();
    const identifier = `  ${person.email.toUpperCase()} `;
    const answer = await submit(browser, await begin(browser, 'login'), { ...valid(), identifier });
    expect(answer.status).toBe(200);
  });

  it('L25 answers a JSON body in JSON, whatever is accepted', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const answer = await browser.ask(textAt(flow, 'ui.action'), {
      accept: 'page',
      body: { ...valid(), password: 'wrong', csrf_token: csrfOf(flow) },
    });
    expect([answer.status, messageIds(answer.body)]).toEqual([400, [4000006]]);
  });
});
