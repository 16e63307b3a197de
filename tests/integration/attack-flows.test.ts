import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, Visitor } from '../setup/sign-in.ts';

let app: Application;
let later = 0;
beforeAll(async () => {
  app = await startApplication({ identity: { clock: () => new Date(Date.now() + later) } });
});
afterAll(() => app.stop());
afterEach(() => {
  later = 0;
});

const minute = 60_000;
const credentials = { identifier: 'manager@example.test', password: samplePassword };
const session = 'ory_kratos_session';

/** Sends the form of a flow as the browser of `visitor` holds it, whatever has become of the flow. */
async function formOf(visitor: Visitor, path: string) {
  const html = await (await visitor.fetch(path)).text();
  const action = /action="([^"]*self-service\/login[^"]*)"/
    .exec(html)?.[1]
    ?.replaceAll('&amp;', '&');
  const csrf = /name="csrf_token"[^>]*value="([^"]*)"/.exec(html)?.[1];
  const body = new URLSearchParams({ method: 'password', ...credentials, csrf_token: csrf ?? '' });
  return { send: () => visitor.fetch(action ?? '', { method: 'POST', body }) };
}

/** Where a browser ends up after an answer: always a page, never a circle. */
async function endOf(
  visitor: Visitor,
  answer: Response,
): Promise<{ status: number; path: string }> {
  const location = answer.headers.get('Location');
  if (!location) return { status: answer.status, path: '' };
  const { response, path } = await visitor.visit(location.replace(app.url, ''));
  return { status: response.status, path };
}

const cookieOf = (visitor: Visitor, name: string) =>
  new RegExp(`(?:^|; )${name}[^=]*=([^;]*)`).exec(visitor.jar.header)?.[1];

describe('a session that somebody else chose', () => {
  it.each(['attackers-choice', '', 'a'.repeat(3000)])('%s is not adopted', async (planted) => {
    const visitor = new Visitor(app.url);
    const headers = { 'Set-Cookie': `${session}=${planted}; Path=/` };
    visitor.jar.take(new Response(null, { headers }));
    const { path } = await visitor.visit('/login');
    await (await formOf(visitor, path)).send();
    const given = cookieOf(visitor, session);
    expect(given).not.toBe(planted);
    expect((await visitor.fetch('/people')).status).toBe(200);
    const theirs = await fetch(`${app.url}/api/sync-status`, {
      headers: { Cookie: `${session}=${planted}` },
    });
    expect(theirs.status).toBe(401);
  });

  it('that has ended is not taken up again by the next person to sign in', async () => {
    const { visitor, cookie } = await signInThrough(app.url, credentials.identifier);
    const out = await visitor.fetch('/logout', { method: 'POST' });
    await visitor.visit(out.headers.get('Location') ?? '');
    const old = /ory_kratos_session=([^;]*)/.exec(cookie)?.[1] ?? '';
    visitor.jar.take(new Response(null, { headers: { 'Set-Cookie': `${session}=${old}` } }));
    const { path } = await visitor.visit('/login');
    await (await formOf(visitor, path)).send();
    expect(cookieOf(visitor, session)).not.toBe(old);
  });

  it('has another CSRF cookie after signing in than before', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/login');
    const before = cookieOf(visitor, 'csrf_token');
    await (await formOf(visitor, path)).send();
    expect(before).toBeTruthy();
    expect(cookieOf(visitor, 'csrf_token')).not.toBe(before);
  });
});

describe('a sign-in form that comes too late', () => {
  it('sent twice leads on, signed in once', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/login?return_to=/people');
    const form = await formOf(visitor, path);
    expect((await form.send()).headers.get('Location')).toBe(`${app.url}/people`);
    const end = await endOf(visitor, await form.send());
    expect(end.status).toBe(200);
    expect((await visitor.fetch('/people')).status).toBe(200);
  });

  it('after signing out signs nobody in, in words', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/login');
    const form = await formOf(visitor, path);
    await form.send();
    const out = await visitor.fetch('/logout', { method: 'POST' });
    await visitor.visit(out.headers.get('Location') ?? '');
    const end = await endOf(visitor, await form.send());
    // Its CSRF cookie is another's by now, which the page of errors says.
    expect([end.status, end.path]).toEqual([403, expect.stringMatching(/^\/error\?id=/)]);
    expect(visitor.jar.has(session)).toBe(false);
  });

  it.each([31, 24 * 60, 40 * 24 * 60])(
    'after %i minutes is started anew, in words',
    async (after) => {
      const visitor = new Visitor(app.url);
      const { path } = await visitor.visit('/login?return_to=/people');
      const form = await formOf(visitor, path);
      later = after * minute;
      const answer = await form.send();
      const location = answer.headers.get('Location')?.replace(app.url, '') ?? '';
      const { response, path: end } = await visitor.visit(location);
      expect([response.status, end]).toEqual([200, expect.stringMatching(/^\/login\?flow=/)]);
      expect(end).not.toBe(path);
      expect(await response.text()).toMatch(/role="alert"|expired|too long|again/i);
      expect(visitor.jar.has(session)).toBe(false);
      // The one it was replaced by works.
      await (await formOf(visitor, end)).send();
      expect((await visitor.fetch('/people')).status).toBe(200);
    },
  );

  it('is a new page where the old one is asked for', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/login');
    later = 31 * minute;
    const { response, path: end } = await visitor.visit(path);
    expect([response.status, end]).toEqual([200, expect.not.stringContaining(path)]);
  });
});

describe('two tabs of one browser', () => {
  it('both at the sign-in page: the second form leads on too', async () => {
    const visitor = new Visitor(app.url);
    const one = await formOf(visitor, (await visitor.visit('/login')).path);
    const other = await formOf(visitor, (await visitor.visit('/login?return_to=/audit')).path);
    expect((await one.send()).status).toBe(303);
    const end = await endOf(visitor, await other.send());
    expect(end.status).toBe(200);
    expect((await visitor.fetch('/audit')).status).toBe(200);
  });

  it('one signed out: what the other sends comes back to be sent again', async () => {
    const { visitor } = await signInThrough(app.url, credentials.identifier);
    const out = await visitor.fetch('/logout', { method: 'POST' });
    await visitor.visit(out.headers.get('Location') ?? '');
    const body = new URLSearchParams({ intent: 'add-practice', name: 'Typed in the other tab' });
    const answer = await visitor.fetch('/people', { method: 'POST', body });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('value="Typed in the other tab"');
  });

  it('one signed out twice: the second time is no fault', async () => {
    const { visitor } = await signInThrough(app.url, credentials.identifier);
    const out = await visitor.fetch('/logout', { method: 'POST' });
    const address = out.headers.get('Location') ?? '';
    for (let times = 0; times < 2; times++) {
      expect((await visitor.visit(address)).response.status).toBeLessThan(500);
    }
  });

  it('a session that ran out asks to sign in, once, and leads back', async () => {
    const { visitor } = await signInThrough(app.url, credentials.identifier);
    later = 25 * 60 * minute;
    const { response, path } = await visitor.visit('/people?q=x');
    expect([response.status, path]).toEqual([200, expect.stringMatching(/^\/login\?flow=/)]);
    const answer = await (await formOf(visitor, path)).send();
    expect(answer.headers.get('Location')).toBe(`${app.url}/people?q=x`);
  });
});
