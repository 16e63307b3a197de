import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, Visitor } from '../setup/sign-in.ts';

let app: Application;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app.stop());

const identifier = 'manager@example.test';

describe('signing in', () => {
  it('shows a form that a browser sends by itself, to the identity server under this origin', async () => {
    const { response, path } = await new Visitor(app.url).visit('/login');
    const html = await response.text();
    expect(path).toMatch(/^\/login\?flow=[0-9a-f-]{36}$/);
    expect(html).toContain(`action="${app.url}/.ory/self-service/login?flow=`);
    expect(html).toMatch(/<input[^>]+name="csrf_token"/);
    expect(html).toMatch(/<input[^>]+type="password"/);
    expect(response.headers.get('Cache-Control')).toContain('no-store');
  });

  it('leads to the page that was asked for', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/people?q=ada');
    const answer = await visitor.submitFlow('login', path, {
      identifier,
      password: 'bqs-demo-password',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(`${app.url}/people?q=ada`);
    expect((await visitor.fetch('/people?q=ada')).status).toBe(200);
  });

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test'])(
    'leads nowhere else for return_to=%s',
    async (target) => {
      const visitor = new Visitor(app.url);
      const { path } = await visitor.visit(`/login?${new URLSearchParams({ return_to: target })}`);
      const answer = await visitor.submitFlow('login', path, {
        identifier,
        password: 'bqs-demo-password',
      });
      expect(answer.headers.get('Location')).toBe(`${app.url}/`);
    },
  );

  it('says in our words, and in place, what was wrong, keeps the address and no password', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/login');
    await visitor.submitFlow('login', path, { identifier, password: 'wrong-by-design' });
    const html = await (await visitor.fetch(path)).text();
    expect(html).toMatch(/role="alert"[^]*do not belong together/);
    expect(html).toContain(`value="${identifier}"`);
    expect(html).not.toContain('wrong-by-design');
  });

  it('starts anew where the flow is unknown, and goes round in no circle without cookies', async () => {
    const unknown = '/login?flow=7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
    const visitor = new Visitor(app.url);
    await visitor.visit('/login');
    const { response, path } = await visitor.visit(unknown);
    expect(response.status).toBe(200);
    expect(path).not.toBe(unknown);
    const bare = await fetch(app.url + unknown, { redirect: 'manual' });
    expect(bare.status).toBe(200);
    expect(await bare.text()).toContain('This form is over');
  });

  it('takes somebody who is signed in straight on', async () => {
    const { visitor } = await signInThrough(app.url, identifier);
    const answer = await visitor.fetch('/login?return_to=/audit');
    expect(answer.headers.get('Location')).toBe('/audit');
  });
});

describe('signing out', () => {
  it('asks on a link, ends the session on a form, and the old cookie opens nothing', async () => {
    const { cookie, visitor } = await signInThrough(app.url, identifier);
    expect((await visitor.fetch('/logout')).status).toBe(200);
    expect((await visitor.fetch('/audit')).status).toBe(200);
    const answer = await visitor.fetch('/logout', { method: 'POST' });
    expect(answer.headers.get('Location')).toMatch(/^\/\.ory\/self-service\/logout\?token=/);
    await visitor.visit(answer.headers.get('Location') ?? '');
    expect(visitor.jar.has('ory_kratos_session')).toBe(false);
    const replayed = await fetch(`${app.url}/api/sync-status`, { headers: { Cookie: cookie } });
    expect(replayed.status).toBe(401);
  });

  it('is no fault where nobody is signed in', async () => {
    const answer = await new Visitor(app.url).fetch('/logout', { method: 'POST' });
    expect(answer.headers.get('Location')).toBe('/login');
  });
});

describe('an account of one’s own', () => {
  it('opens nothing but the page saying who can grant a role', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/registration');
    const answer = await visitor.submitFlow('registration', path, {
      'traits.email': 'Paula.Plain@Example.test',
      'traits.name.first': 'Paula',
      'traits.name.last': 'Plain',
      password: 'a-long-enough-phrase-7',
    });
    expect(answer.status).toBe(303);
    const { response, path: end } = await visitor.visit('/audit');
    expect(end).toBe('/welcome');
    const html = await response.text();
    expect(html).toContain('Maya Manager');
    expect(await db.user.findFirst({ where: { email: 'paula.plain@example.test' } })).toMatchObject(
      {
        name: 'Paula Plain',
        emailVerified: false,
      },
    );
  });
});

describe('a form sent after the session has ended', () => {
  it('comes back whole, without what is secret, to be sent again', async () => {
    const body = new URLSearchParams({ intent: 'add-practice', name: 'A & "B"', password: 'hush' });
    const answer = await new Visitor(app.url).fetch('/people?q=x', { method: 'POST', body });
    const html = await answer.text();
    expect(answer.status).toBe(401);
    expect(html).toContain('value="A &amp; &quot;B&quot;"');
    expect(html).toContain('action="/people?q=x"');
    expect(html).not.toContain('hush');
    const { visitor } = await signInThrough(app.url, identifier);
    const again = await visitor.fetch('/people?q=x', { method: 'POST', body });
    expect(again.headers.get('Location')).toBe('/people?q=x');
    expect(await db.practice.findUnique({ where: { name: 'A & "B"' } })).not.toBeNull();
  });
});
