import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, messageIds, node, nodeMessageIds, nodeNames, textAt } from './json.ts';
import {
  appUrl,
  begin,
  goodPassword,
  hasTwoSteps,
  locationOf,
  newEmail,
  newPerson,
  startInstanceWithTwoSteps,
  submit,
  submitForm,
  whoami,
  type Instance,
  type Person,
} from './instance.ts';

let instance: Instance;
let person: Person;
beforeAll(async () => {
  if (!hasTwoSteps) return;
  instance = await startInstanceWithTwoSteps();
  person = await newPerson(instance);
});
afterAll(() => instance?.stop());

const identify = (identifier: string) => ({ method: 'identifier_first', identifier });
const secondStep = ['csrf_token', 'identifier', 'method', 'password'];

describe.skipIf(!hasTwoSteps)('signing in, the address first', () => {
  it('I1 asks for nothing but the address', async () => {
    const flow = await begin(instance.browser(), 'login');
    expect(nodeNames(flow)).toEqual(['csrf_token', 'identifier', 'method']);
    expect(node(flow, 'identifier')).toMatchObject({
      group: 'identifier_first',
      attributes: { type: 'text', required: true, autocomplete: 'username webauthn' },
    });
  });

  it('I2 then asks for the password and keeps the address as it was typed', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const typed = `  ${person.email.toUpperCase()} `;
    const { status, body } = await submit(browser, flow, identify(typed));
    expect([status, at(body, 'active'), messageIds(body)]).toEqual([400, 'identifier_first', []]);
    expect(nodeNames(body)).toEqual(secondStep);
    expect(node(body, 'identifier')).toMatchObject({
      group: 'identifier_first',
      attributes: { type: 'hidden', value: typed },
    });
  });

  it('I3 goes on the same way for a stranger, who learns nothing', async () => {
    const shapes = [];
    for (const identifier of [person.email, 'nobody@example.test']) {
      const browser = instance.browser();
      const { status, body } = await submit(
        browser,
        await begin(browser, 'login'),
        identify(identifier),
      );
      const wrong = await submit(browser, body, {
        method: 'password',
        identifier,
        password: 'not-the-password',
      });
      shapes.push([status, nodeNames(body), wrong.status, messageIds(wrong.body)]);
    }
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[0]).toEqual([400, secondStep, 400, [4000006]]);
  });

  it('I4 sends a browser back to the same page for the second step, and in after it', async () => {
    const browser = instance.browser();
    const wanted = `${appUrl}/opportunities`;
    const flow = await begin(browser, 'login', `?return_to=${wanted}`);
    const id = textAt(flow, 'id');
    const named = await submitForm(browser, flow, identify(person.email));
    expect([named.status, locationOf(named)]).toEqual([303, `${appUrl}/login?flow=${id}`]);
    const { body } = await browser.ask(`/self-service/login/flows?id=${id}`);
    expect(nodeNames(body)).toEqual(secondStep);
    const password = { method: 'password', identifier: person.email };
    const wrong = await submitForm(browser, body, { ...password, password: 'not-the-password' });
    expect([wrong.status, locationOf(wrong)]).toEqual([303, `${appUrl}/login?flow=${id}`]);
    const again = (await browser.ask(`/self-service/login/flows?id=${id}`)).body;
    expect([nodeNames(again), messageIds(again)]).toEqual([secondStep, [4000006]]);
    const right = await submitForm(browser, again, { ...password, password: goodPassword });
    expect([right.status, locationOf(right)]).toEqual([303, wanted]);
    expect((await whoami(browser)).status).toBe(200);
  });

  it('I5 takes another address in the same flow', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const first = await submit(browser, flow, identify('somebody@example.test'));
    const { body } = await submit(browser, first.body, identify(person.email));
    expect(at(node(body, 'identifier'), 'attributes.value')).toBe(person.email);
    const password = { method: 'password', identifier: person.email, password: goodPassword };
    expect((await submit(browser, body, password)).status).toBe(200);
  });

  it('I6 takes address and password at once, too', async () => {
    const browser = instance.browser();
    const fields = { method: 'password', identifier: person.email, password: goodPassword };
    expect((await submit(browser, await begin(browser, 'login'), fields)).status).toBe(200);
  });

  it('I7 refuses a wrong CSRF token at the first step', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'login');
    const fields = { ...identify(person.email), csrf_token: 'wrong' };
    const { status, body } = await submit(browser, flow, fields);
    expect([status, at(body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
  });

  it('I8 asks who is signed in for the password alone', async () => {
    const browser = instance.browser();
    const fields = { method: 'password', identifier: person.email, password: goodPassword };
    await submit(browser, await begin(browser, 'login'), fields);
    const flow = await begin(browser, 'login', '?refresh=true');
    expect([nodeNames(flow), messageIds(flow)]).toEqual([secondStep, [1010003]]);
    expect(node(flow, 'identifier')).toMatchObject({
      group: 'default',
      attributes: { type: 'hidden', value: person.email },
    });
  });
});

const traits = ['traits.email', 'traits.name.first', 'traits.name.last'];
const formFields = (email: string) => ({ 'traits.email': email, 'traits.name.first': 'Pat' });
const typeOf = (flow: Parameters<typeof node>[0], name: string) =>
  at(node(flow, name), 'attributes.type');

describe.skipIf(!hasTwoSteps)('registering, the person first', () => {
  it('N12 asks who somebody is, then for the password, and signs them in', async () => {
    const browser = instance.browser();
    const email = newEmail();
    const flow = await begin(browser, 'registration');
    expect(nodeNames(flow)).toEqual(['csrf_token', 'method', ...traits]);
    const profile = { method: 'profile', traits: { email, name: { first: 'Pat' } } };
    const { status, body } = await submit(browser, flow, profile);
    expect([status, messageIds(body)]).toEqual([400, [1040009]]);
    expect(nodeNames(body)).toEqual(['csrf_token', 'method', 'password', 'screen', ...traits]);
    expect(traits.map((name) => typeOf(body, name))).toEqual(['hidden', 'hidden', 'hidden']);
    expect(at(node(body, 'traits.email'), 'attributes.value')).toBe(email);
    const credential = { ...profile, method: 'password', password: goodPassword };
    expect((await submit(browser, body, credential)).status).toBe(200);
    expect((await whoami(browser)).status).toBe(200);
  });

  it('N12 turns a browser’s pages forth and back, and keeps what was typed', async () => {
    const browser = instance.browser();
    const email = newEmail();
    const flow = await begin(browser, 'registration');
    const id = textAt(flow, 'id');
    const shown = async () => (await browser.ask(`/self-service/registration/flows?id=${id}`)).body;
    const page = `${appUrl}/registration?flow=${id}`;
    const forth = await submitForm(browser, flow, { ...formFields(email), method: 'profile' });
    expect([forth.status, locationOf(forth)]).toEqual([303, page]);
    const fields = { ...formFields(email), screen: 'previous' };
    const back = await submitForm(browser, await shown(), fields);
    expect([back.status, locationOf(back)]).toEqual([303, page]);
    const first = await shown();
    expect([typeOf(first, 'traits.email'), messageIds(first)]).toEqual(['email', []]);
    expect(at(node(first, 'traits.name.first'), 'attributes.value')).toBe('Pat');
    await submitForm(browser, first, { ...formFields(email), method: 'profile' });
    const last = { ...formFields(email), method: 'password', password: goodPassword };
    const done = await submitForm(browser, await shown(), last);
    expect([done.status, locationOf(done)]).toEqual([303, `${appUrl}/`]);
  });

  it('N12 refuses what is no address at the first step; a browser goes back with 302', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'registration');
    const asJson = await submit(browser, flow, { method: 'profile', traits: { email: 'nowhere' } });
    expect([asJson.status, nodeMessageIds(asJson.body, 'traits.email')]).toEqual([400, [4000040]]);
    const onPage = await submitForm(browser, flow, { ...formFields('no'), method: 'profile' });
    expect(onPage.status).toBe(302);
    const wrong = { method: 'profile', traits: { email: newEmail() }, csrf_token: 'wrong' };
    expect((await submit(browser, flow, wrong)).status).toBe(403);
  });

  it('N12 stays at the second step where the password is too short', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'registration');
    const profile = { method: 'profile', traits: { email: newEmail(), name: { first: 'Pat' } } };
    const { body: second } = await submit(browser, flow, profile);
    const short = { ...profile, method: 'password', password: 'short' };
    const { status, body } = await submit(browser, second, short);
    expect([status, nodeMessageIds(body, 'password')]).toEqual([400, [4000032]]);
    expect([typeOf(body, 'traits.email'), typeOf(body, 'password')]).toEqual([
      'hidden',
      'password',
    ]);
    expect(at(node(body, 'traits.email'), 'attributes.value')).toBe(profile.traits.email);
  });

  it('N12 refuses an address that is taken with the password', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'registration');
    const fields = { traits: { email: person.email } };
    const second = await submit(browser, flow, { ...fields, method: 'profile' });
    expect([second.status, messageIds(second.body)]).toEqual([400, [1040009]]);
    const last = { ...fields, method: 'password', password: goodPassword };
    const taken = await submit(browser, second.body, last);
    expect([taken.status, messageIds(taken.body)]).toEqual([400, [4000007]]);
  });
});
