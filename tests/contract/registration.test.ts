import { describe, expect, it } from 'vitest';
import { at, messageIds, node, nodeMessageIds, nodeNames, textAt } from './json.ts';
import {
  appUrl,
  begin,
  goodPassword,
  locationOf,
  newEmail,
  signedInPerson,
  submit,
  submitForm,
  whoami,
  withInstance,
} from './instance.ts';

const instance = withInstance();

const fields = (email: string, more: object = {}) => ({
  method: 'password',
  password: goodPassword,
  traits: { email, name: { first: 'Pat', last: 'Person' } },
  ...more,
});

const formFields = (email: string) => ({
  method: 'password',
  password: goodPassword,
  'traits.email': email,
  'traits.name.first': 'Pat',
  'traits.name.last': 'Person',
});

/** A fresh flow in a fresh browser, submitted in JSON. */
async function tryRegistering(body: object) {
  const browser = instance.browser();
  const flow = await begin(browser, 'registration');
  return { browser, answer: await submit(browser, flow, body) };
}

describe('registration', () => {
  it('N1 sends a browser to the page and gives JSON one form for everything', async () => {
    const path = '/self-service/registration/browser';
    const onPage = await instance.browser().ask(path, { accept: 'page' });
    expect(onPage.status).toBe(303);
    expect(locationOf(onPage)).toContain(`${appUrl}/registration?flow=`);
    const asJson = await instance.browser().ask(path);
    expect(asJson.status).toBe(200);
    expect(nodeNames(asJson.body)).toEqual([
      'csrf_token',
      'method',
      'password',
      'traits.email',
      'traits.name.first',
      'traits.name.last',
    ]);
  });

  it('N2 takes a form, signs its person in and sends them on', async () => {
    const browser = instance.browser();
    const flow = await begin(browser, 'registration');
    const answer = await submitForm(browser, flow, formFields(newEmail()));
    expect([answer.status, locationOf(answer)]).toEqual([303, `${appUrl}/`]);
    const { status, body } = await whoami(browser);
    expect(status).toBe(200);
    expect(at(body, 'authentication_methods.0.method')).toBe('password');
    expect(at(body, 'identity.traits.name')).toEqual({ first: 'Pat', last: 'Person' });
  });

  it('N3 answers JSON with session, identity and where to go', async () => {
    const email = newEmail();
    const { answer } = await tryRegistering(fields(email.toUpperCase()));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      session: { active: true },
      identity: {
        state: 'active',
        traits: { email: email.toUpperCase() },
        verifiable_addresses: [
          {
            value: email,
            verified: false,
            via: 'email',
            status: expect.stringMatching(/^(sent|pending)$/),
          },
        ],
      },
      continue_with: [{ action: 'redirect_browser_to' }],
    });
    expect(answer.text).not.toContain('session_token');
  });

  it('N4 has one account for an address, however it is written; a browser goes back with 302', async () => {
    const email = newEmail();
    await tryRegistering(fields(email));
    for (const same of [email, email.toUpperCase()]) {
      const { answer } = await tryRegistering(fields(same));
      expect([answer.status, messageIds(answer.body)]).toEqual([400, [4000007]]);
    }
    const browser = instance.browser();
    const flow = await begin(browser, 'registration');
    const onPage = await submitForm(browser, flow, formFields(email));
    const page = `${appUrl}/registration?flow=${textAt(flow, 'id')}`;
    expect([onPage.status, locationOf(onPage)]).toEqual([302, page]);
  });

  it('N5 refuses a short password and keeps the rest of the form', async () => {
    const email = newEmail();
    const { answer } = await tryRegistering(fields(email, { password: 'short' }));
    expect(answer.status).toBe(400);
    const message = at(node(answer.body, 'password'), 'messages.0');
    expect(message).toMatchObject({ id: 4000032, context: { actual_length: 5, min_length: 10 } });
    expect(at(node(answer.body, 'traits.email'), 'attributes.value')).toBe(email);
    expect(at(node(answer.body, 'password'), 'attributes.value')).toBeUndefined();
  });

  it('N6 refuses a password like the address', async () => {
    const email = newEmail();
    const { answer } = await tryRegistering(fields(email, { password: email }));
    expect(nodeMessageIds(answer.body, 'password')).toEqual([4000031]);
  });

  it('N7 refuses what is no address', async () => {
    const { answer } = await tryRegistering(fields('nowhere'));
    expect([answer.status, nodeMessageIds(answer.body, 'traits.email')]).toEqual([400, [4000040]]);
  });

  it('N8 wants an address, and no trait it does not know', async () => {
    const missing = await tryRegistering(fields('', { traits: { name: { first: 'Pat' } } }));
    expect(missing.answer.status).toBe(400);
    expect(nodeMessageIds(missing.answer.body, 'traits.email')).toEqual([4000002]);
    const unknown = await tryRegistering(fields('', { traits: { email: newEmail(), role: 'x' } }));
    expect(unknown.answer.status).toBe(400);
    expect(nodeMessageIds(unknown.answer.body, 'traits')).toEqual([4000001]);
  });

  it('N9 refuses a wrong CSRF token', async () => {
    const { answer } = await tryRegistering(fields(newEmail(), { csrf_token: 'wrong' }));
    expect([answer.status, at(answer.body, 'error.id')]).toEqual([403, 'security_csrf_violation']);
  });

  it('N10 has nothing to register for who is signed in', async () => {
    const fresh = await begin(instance.browser(), 'registration');
    const { browser } = await signedInPerson(instance);
    const path = '/self-service/registration/browser';
    const inits = [await browser.ask(path), await browser.ask(path, { accept: 'page' })];
    const posts = [
      await submit(browser, fresh, fields(newEmail())),
      await submitForm(browser, fresh, formFields(newEmail())),
    ];
    expect(inits.map(({ status }) => status)).toEqual([400, 303]);
    expect(posts.map(({ status }) => status)).toEqual([400, 302]);
    for (const [asJson] of [inits, posts]) {
      expect(at(asJson?.body, 'error.id')).toBe('session_already_available');
    }
  });
});
