import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, type Visitor } from '../setup/sign-in.ts';

const clock = { behind: 0 };
let app: Application;
beforeAll(async () => {
  app = await startApplication({
    identity: { clock: () => new Date(Date.now() - clock.behind), privilegedSeconds: 900 },
  });
});
afterAll(() => app.stop());

const pathOf = (answer: Response) => {
  const { pathname, search } = new URL(answer.headers.get('Location') ?? '', app.url);
  return pathname + search;
};

/** Somebody who signed in so long ago that their settings ask for the password again. */
async function signedInLongAgo(email: string): Promise<Visitor> {
  clock.behind = 3_600_000;
  const { visitor } = await signInThrough(app.url, email);
  clock.behind = 0;
  return visitor;
}

/** Follows a settings change to the page that asks who it is. */
async function confirmPage(visitor: Visitor, answer: Response): Promise<string> {
  expect(answer.status).toBe(303);
  expect(pathOf(answer)).toContain('refresh=true');
  const { path, response } = await visitor.visit(pathOf(answer));
  expect(await response.text()).toContain('Confirm that it is you');
  return path;
}

describe('a change of the account long after signing in', () => {
  it('asks for the password, comes back and has been made', async () => {
    const email = 'architect@example.test';
    const visitor = await signedInLongAgo(email);
    const { path } = await visitor.visit('/settings');
    const password = 'entirely-different-words';
    const change = await visitor.submitFlow('settings', path, { method: 'password', password });
    const login = await confirmPage(visitor, change);
    const wrong = await visitor.submitFlow('login', login, { identifier: email, password });
    expect(pathOf(wrong)).toBe(login);
    const right = { identifier: email, password: samplePassword };
    const back = await visitor.submitFlow('login', login, right);
    const { response, path: at } = await visitor.visit(pathOf(back));
    expect(at).toMatch(/^\/settings\?flow=/);
    expect(await response.text()).toContain('Saved.');
    await expect(signInThrough(app.url, email)).rejects.toThrow('was not signed in');
    expect((await signInThrough(app.url, email, password)).cookie).toContain('ory_kratos_session');
  });

  it('is made for nobody else who confirms in its place', async () => {
    const visitor = await signedInLongAgo('sales@example.test');
    const { path } = await visitor.visit('/settings');
    const password = 'words-of-somebody-else';
    const change = await visitor.submitFlow('settings', path, { method: 'password', password });
    const login = await confirmPage(visitor, change);
    const other = { identifier: 'head@example.test', password: samplePassword };
    await visitor.visit(pathOf(await visitor.submitFlow('login', login, other)));
    expect((await signInThrough(app.url, 'sales@example.test')).cookie).not.toBe('');
    expect((await signInThrough(app.url, 'head@example.test')).cookie).not.toBe('');
  });

  it('is not made without confirming', async () => {
    const visitor = await signedInLongAgo('head@example.test');
    const { path } = await visitor.visit('/settings');
    const password = 'never-to-be-used-words';
    await visitor.submitFlow('settings', path, { method: 'password', password });
    expect((await visitor.visit('/settings')).response.status).toBe(200);
    expect((await signInThrough(app.url, 'head@example.test')).cookie).not.toBe('');
  });

  it('needs no password where only the name changes', async () => {
    const visitor = await signedInLongAgo('manager@example.test');
    const { path } = await visitor.visit('/settings');
    const answer = await visitor.submitFlow('settings', path, {
      method: 'profile',
      'traits.email': 'manager@example.test',
      'traits.name.first': 'Mona',
    });
    expect(pathOf(answer)).toMatch(/^\/settings\?flow=/);
  });
});
