import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleIdentityIds } from '#dev/ory/sample-accounts.ts';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, type Visitor } from '../setup/sign-in.ts';

const page = '/settings/sessions';
let app: Application;
beforeAll(async () => void (app = await startApplication()));
afterAll(() => app.stop());

const signIn = async (email = 'newcomer@example.test') =>
  (await signInThrough(app.url, email)).visitor;

/** Every session of the newcomer is ended, so that each test counts its own. */
beforeEach(async () => {
  const sessions = `/admin/identities/${sampleIdentityIds.newcomer}/sessions`;
  await fetch(app.identity.adminUrl + sessions, { method: 'DELETE' });
});

const send = (visitor: Visitor, fields: Record<string, string>) =>
  visitor.fetch(page, { method: 'POST', body: new URLSearchParams(fields) });
const text = async (visitor: Visitor) => (await visitor.fetch(page)).text();
const idsIn = (html: string) =>
  [...html.matchAll(/name="id" value="([^"]+)"/g)].map(([, id]) => id);
const signedIn = async (visitor: Visitor) => (await visitor.fetch('/welcome')).status === 200;
const events = async () =>
  (
    await db.auditEvent.findMany({ where: { kind: 'session.revoked' }, orderBy: { id: 'asc' } })
  ).map(({ data }) => data);

describe('where somebody is signed in', () => {
  it('is here alone at first, and says so', async () => {
    const here = await text(await signIn());
    expect(here).toContain('You are signed in nowhere else');
    expect(here).toContain('by password');
    expect(here).toMatch(/From .*(127\.0\.0\.1|::1)/s);
    expect(here).not.toContain('Sign out all others');
    expect(idsIn(here)).toEqual([]);
  });

  it('names each device by what its browser says, and as text', async () => {
    const here = await signIn();
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1 <b>x</b>';
    const other = await signIn();
    const start = await other.visit('/.ory/self-service/login/browser?refresh=true');
    const id = new URL(start.path, app.url).searchParams.get('flow');
    const flow = (await (
      await other.fetch(`/.ory/self-service/login/flows?id=${id}`, {
        headers: { Accept: 'application/json' },
      })
    ).json()) as {
      ui: { action: string; nodes: { attributes: { name: string; value: string } }[] };
    };
    const csrf = flow.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token');
    const fields = {
      method: 'password',
      identifier: 'newcomer@example.test',
      password: 'bqs-demo-password',
      csrf_token: csrf?.attributes.value ?? '',
    };
    await other.fetch(flow.ui.action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'User-Agent': phone },
    });
    const html = await text(here);
    expect(html).toContain('Safari on an iPhone');
    expect(html).toContain('confirmed again');
    expect(html).not.toContain('<b>x</b>');
  });

  it('is nobody’s but one’s own', async () => {
    await signIn('manager@example.test');
    const here = await signIn();
    expect(idsIn(await text(here))).toHaveLength(0);
  });
});

describe('ending a session', () => {
  it('signs that one out at once, says which, and is on the record', async () => {
    const [here, there, elsewhere] = [await signIn(), await signIn(), await signIn()];
    const before = (await events()).length;
    const [latest] = idsIn(await text(here));
    const answer = await send(here, { intent: 'end-one', id: latest ?? '' });
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, page]);
    expect(await text(here)).toContain('A program: node is signed out.');
    expect([await signedIn(here), await signedIn(there), await signedIn(elsewhere)]).toEqual([
      ...[true, true, false],
    ]);
    expect((await events()).slice(before)).toEqual([{ count: 1, here: false }]);
    const again = await send(here, { intent: 'end-one', id: latest ?? '' });
    expect(again.status).toBe(404);
    expect(await again.text()).toContain('it has ended already');
  });

  it('touches no session of somebody else', async () => {
    const manager = await signIn('manager@example.test');
    const other = await signIn('manager@example.test');
    const [theirs] = idsIn(await text(manager));
    const here = await signIn();
    expect((await send(here, { intent: 'end-one', id: theirs ?? '' })).status).toBe(404);
    expect((await other.fetch('/audit')).status).toBe(200);
  });

  it('leaves the one in use to the way out', async () => {
    const here = await signIn();
    const whoami = await here.fetch('/.ory/sessions/whoami', {
      headers: { Accept: 'application/json' },
    });
    const { id } = (await whoami.json()) as { id: string };
    const answer = await send(here, { intent: 'end-one', id });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('Sign out instead');
  });

  it.each<Record<string, string>>([
    {},
    { intent: 'end-one' },
    { intent: 'end-one', id: '../admin' },
    { intent: 'end' },
  ])('understands no %j', async (fields) => {
    expect((await send(await signIn(), fields)).status).toBe(400);
  });

  it('ends all others and counts them', async () => {
    const [here, there, elsewhere] = [await signIn(), await signIn(), await signIn()];
    const before = (await events()).length;
    await send(here, { intent: 'end-others' });
    expect(await text(here)).toContain('2 other sessions ended. You are signed in here alone.');
    expect([await signedIn(here), await signedIn(there), await signedIn(elsewhere)]).toEqual([
      ...[true, false, false],
    ]);
    await send(here, { intent: 'end-others' });
    expect((await events()).slice(before)).toEqual([{ count: 2, here: false }]);
  });

  it('ends everything, this one by the way out', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const before = (await events()).length;
    const old = here.jar.header;
    const answer = await send(here, { intent: 'end-all' });
    const path = answer.headers.get('Location') ?? '';
    expect(path).toMatch(/^\/\.ory\/self-service\/logout\?token=/);
    expect((await here.visit(path)).path).toContain('/login');
    expect(await signedIn(there)).toBe(false);
    const replay = await fetch(app.url + page, { redirect: 'manual', headers: { Cookie: old } });
    expect(replay.headers.get('Location')).toContain('/login');
    expect((await events()).slice(before)).toEqual([{ count: 1, here: true }]);
  });

  it('is not asked for by a page of another site', async () => {
    const [here, there] = [await signIn(), await signIn()];
    const answer = await here.fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ intent: 'end-others' }),
      headers: { Origin: 'https://elsewhere.example.test' },
    });
    expect([answer.status, await signedIn(there)]).toEqual([403, true]);
  });
});

describe('while the identity server is gone', () => {
  it('the page says so, ends nothing and clears no cookie', async () => {
    const here = await signIn();
    const { header } = here.jar;
    await app.identity.stop();
    for (const answer of [await here.fetch(page), await send(here, { intent: 'end-all' })]) {
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
      // A form that was sent waits in the page to be sent again.
      expect(await answer.text()).toMatch(/Try again|Send again/);
    }
    expect(here.jar.header).toBe(header);
    await app.restartIdentity();
    expect((await here.fetch(page)).status).toBe(200);
  });
});
