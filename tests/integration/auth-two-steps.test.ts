import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { Visitor } from '../setup/sign-in.ts';

let app: Application;
beforeAll(async () => {
  app = await startApplication({
    identity: { loginStyle: 'identifier_first', registrationStyle: 'profile_first' },
  });
});
afterAll(() => app.stop());

const identifier = 'manager@example.test';
const byAddress = (address: string) => ({ method: 'identifier_first', identifier: address });

/** The form at a path, as somebody without scripts gets it. */
async function formAt(visitor: Visitor, path: string) {
  const { response, path: end } = await visitor.visit(path);
  return { html: await response.text(), path: end };
}

const inputs = (html: string, name: string) =>
  html.match(new RegExp(`<(input|button)[^>]*name="${name}"[^>]*>`, 'g')) ?? [];

describe('signing in, the address first', () => {
  it('asks for the address, then for the password, and leads on', async () => {
    const visitor = new Visitor(app.url);
    const first = await formAt(visitor, '/people?q=ada');
    expect(inputs(first.html, 'identifier')[0]).toContain('autoComplete="username webauthn"');
    expect(inputs(first.html, 'password')).toEqual([]);
    expect(first.html).not.toContain('Use another one');
    await visitor.submitFlow('login', first.path, byAddress(identifier));
    const second = await formAt(visitor, first.path);
    const [shown = ''] = inputs(second.html, 'identifier');
    expect(inputs(second.html, 'identifier')).toHaveLength(1);
    for (const part of [`value="${identifier}"`, 'readonly', 'autocomplete="username"']) {
      expect(shown.toLowerCase()).toContain(part);
    }
    expect(inputs(second.html, 'password')[0]).toContain('type="password"');
    const answer = await visitor.submitFlow('login', first.path, {
      identifier,
      password: samplePassword,
    });
    expect(answer.headers.get('Location')).toBe(`${app.url}/people?q=ada`);
    expect((await visitor.fetch('/people?q=ada')).status).toBe(200);
  });

  it('takes another address, and keeps where to go on to', async () => {
    const visitor = new Visitor(app.url);
    const first = await formAt(visitor, '/audit');
    await visitor.submitFlow('login', first.path, byAddress('typo@example.test'));
    const second = await formAt(visitor, first.path);
    const [, back = ''] = /href="([^"]+)"[^>]*>Use another one/.exec(second.html) ?? [];
    const again = await formAt(visitor, back.replaceAll('&amp;', '&'));
    expect(again.path).not.toBe(first.path);
    expect(inputs(again.html, 'password')).toEqual([]);
    await visitor.submitFlow('login', again.path, byAddress(identifier));
    const answer = await visitor.submitFlow('login', again.path, {
      identifier,
      password: samplePassword,
    });
    expect(answer.headers.get('Location')).toBe(`${app.url}/audit`);
  });

  it('says the same to a stranger as to who mistypes a password, at the second step', async () => {
    const said = [];
    for (const address of [identifier, 'nobody@example.test']) {
      const visitor = new Visitor(app.url);
      const { path } = await visitor.visit('/login');
      await visitor.submitFlow('login', path, byAddress(address));
      await visitor.submitFlow('login', path, { identifier: address, password: 'not-this-one' });
      const { html } = await formAt(visitor, path);
      expect(html).not.toContain('not-this-one');
      expect(inputs(html, 'identifier')[0]).toContain(`value="${address}"`);
      said.push(/role="alert"[^>]*>([^]*?)<\/div>/.exec(html)?.[1]);
    }
    expect(said[0]).toContain('do not belong together');
    expect(said[1]).toBe(said[0]);
  });
});

describe('registering, the person first', () => {
  const person = { 'traits.email': 'ned.newcomer@example.test', 'traits.name.first': 'Ned' };

  it('asks who somebody is, lets them go back, and then for the password', async () => {
    const visitor = new Visitor(app.url);
    const first = await formAt(visitor, '/registration');
    expect(inputs(first.html, 'password')).toEqual([]);
    expect(first.html).toContain('>Continue</button>');
    await visitor.submitFlow('registration', first.path, { ...person, method: 'profile' });
    const second = await formAt(visitor, first.path);
    expect(second.html).toContain('Now choose how you sign in');
    expect(inputs(second.html, 'traits.email')[0]).toMatch(/readonly/i);
    expect(inputs(second.html, 'screen')[0]).toMatch(/formnovalidate/i);
    await visitor.submitFlow('registration', first.path, {
      ...person,
      method: '',
      screen: 'previous',
    });
    const back = await formAt(visitor, first.path);
    expect(inputs(back.html, 'traits.name.first')[0]).toContain('value="Ned"');
    expect(inputs(back.html, 'traits.email')[0]).not.toMatch(/readonly/i);
    await visitor.submitFlow('registration', first.path, { ...person, method: 'profile' });
    await visitor.submitFlow('registration', first.path, { ...person, password: 'short' });
    expect((await formAt(visitor, first.path)).html).toContain('Use at least 10 characters.');
    const password = 'a-long-enough-phrase-7';
    const answer = await visitor.submitFlow('registration', first.path, { ...person, password });
    expect(answer.status).toBe(303);
    expect((await visitor.visit('/audit')).path).toBe('/welcome');
  });
});
