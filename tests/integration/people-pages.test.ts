import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, Visitor } from '../setup/sign-in.ts';

let app: Application;
let manager: string;

beforeAll(async () => {
  app = await startApplication();
  manager = (await app.signIn('manager@example.test')).cookie;
});
afterAll(() => app.stop());

const get = (path: string, cookie = manager) =>
  fetch(app.url + path, { headers: { Cookie: cookie, Accept: 'text/html' }, redirect: 'manual' });
const post = (path: string, fields: [string, string][], cookie = manager) =>
  fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: app.url },
    body: new URLSearchParams(fields),
  });
const decoded = (html: string) => html.replaceAll('&#x27;', "'").replaceAll(/<!-- -->/g, '');
const idOf = async (email: string) => (await db.user.findFirstOrThrow({ where: { email } })).id;

const ivy: [string, string][] = [
  ['first', 'Ivy'],
  ['last', 'Invited'],
  ['email', ' Ivy@Example.test '],
  ['roles', 'SOLUTION_ARCHITECT'],
];

/** The page and the code that an answer shows. */
function wayIn(html: string): { path: string; code: string } {
  const [, path = ''] = /(\/recovery\?flow=[0-9a-f-]{36})/.exec(html) ?? [];
  const [, code = ''] = />(\d{6})</.exec(html) ?? [];
  return { path, code };
}

describe('an invitation', () => {
  it('keeps what was typed where it is refused, and says what is wrong', async () => {
    const fields: [string, string][] = [
      ['first', 'Ivy'],
      ['last', ' '],
      ['email', 'ivy at example'],
      ['roles', 'SALES'],
    ];
    const answer = await post('/people/invite', fields);
    const html = decoded(await answer.text());
    expect(answer.status).toBe(400);
    expect(html).toContain('Give their last name.');
    expect(html).toContain('Give an e-mail address such as ada@example.test.');
    expect(html).toContain('value="Ivy"');
    expect(html).toMatch(/<input[^>]*value="SALES"[^>]*checked|checked[^>]*value="SALES"/);
    const odd = await post('/people/invite', [...ivy, ['roles', 'KING'], ['practices', '-1']]);
    expect([odd.status, await db.user.count({ where: { name: 'Ivy Invited' } })]).toEqual([400, 0]);
  });

  it('is shown once, lets its person in, and is over then', async () => {
    const answer = await post('/people/invite', ivy);
    const html = await answer.text();
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Cache-Control')).toContain('no-store');
    const { path, code } = wayIn(html);
    expect(code).toMatch(/^\d{6}$/);
    const person = await idOf('ivy@example.test');
    const page = await (await get(`/people/${person}`)).text();
    expect(page).toContain('Invited');
    expect(page).not.toContain(code);
    const again = await post('/people/invite', ivy);
    expect(again.status).toBe(409);
    expect(decoded(await again.text())).toContain(`href="/people/${person}"`);

    const visitor = new Visitor(app.url);
    expect((await visitor.visit(path)).response.status).toBe(200);
    const entered = await visitor.submitFlow('recovery', path, { method: 'code', code });
    const settings = new URL(entered.headers.get('Location') ?? '', app.url);
    expect(settings.pathname).toBe('/settings');
    const password = 'a-long-password-of-ivy';
    await visitor.submitFlow('settings', settings.href, { method: 'password', password });
    const { cookie } = await signInThrough(app.url, 'ivy@example.test', password);
    expect((await get('/', cookie)).status).toBe(200);
    expect(await db.user.findUniqueOrThrow({ where: { id: person } })).toMatchObject({
      lastSeenAt: expect.any(Date),
    });
    const refused = await post(`/people/${person}`, [['intent', 'invite-again']]);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('They have signed in already.');
  });
});

describe('a deactivated person', () => {
  it('is refused at once, told who can help, and led in no circle', async () => {
    const architect = await app.signIn('architect@example.test');
    const id = await idOf('architect@example.test');
    // As it is while Ory cannot be told: the session is good there.
    await db.user.update({ where: { id }, data: { deactivatedAt: new Date() } });
    const page = await get('/opportunities', architect.cookie);
    const html = decoded(await page.text());
    expect(page.status).toBe(403);
    expect(html).toContain('Your account was deactivated');
    expect(html).toContain('Maya Manager');
    expect(html).toContain('action="/logout"');
    expect(html).not.toContain('aria-label="Main"');
    const api = await get('/api/opportunities', architect.cookie);
    expect([api.status, await api.json()]).toMatchObject([
      403,
      { title: 'Account deactivated', status: 403 },
    ]);
    expect((await post('/notifications', [], architect.cookie)).status).toBe(403);
    expect((await get('/welcome', architect.cookie)).status).toBe(403);
    const login = await get('/login', architect.cookie);
    expect([login.status, new URL(login.headers.get('Location') ?? '', app.url).pathname]).toEqual([
      302,
      '/',
    ]);
    expect((await get('/', architect.cookie)).status).toBe(403);
    const out = await post('/logout', [], architect.cookie);
    expect(out.headers.get('Location')).toContain('/.ory/self-service/logout');
    await db.user.update({ where: { id }, data: { deactivatedAt: null } });
    expect((await get('/opportunities', architect.cookie)).status).toBe(200);
  });

  it('hands work over on the page, and is signed out in Ory as well', async () => {
    const { cookie } = await app.signIn('architect@example.test');
    const id = await idOf('architect@example.test');
    const taker = await idOf('ivy@example.test');
    const { id: opportunityId } = await createOpportunity(db, {
      practice: 'Data & AI',
      workflowStatus: 'ASSIGNED',
      assignedSa: id,
    });
    const path = `/people/${id}/deactivate`;
    const page = decoded(await (await get(path)).text());
    expect(page).toContain('1 open assessment');
    expect(page).toContain(`name="assessor.${opportunityId}.0"`);
    expect(page).toContain('Ivy Invited');
    const fields: [string, string][] = [
      ['intent', 'deactivate'],
      ['everything', taker],
      [`assessor.${opportunityId}.0`, ''],
    ];
    const old = await post(path, [...fields.slice(0, 2), [`assessor.${opportunityId}.7`, '']]);
    expect([old.status, decoded(await old.text())]).toEqual([
      409,
      expect.stringContaining('Nobody was deactivated yet.'),
    ]);
    for (const bad of [
      [['intent', 'x']],
      [
        ['intent', 'deactivate'],
        ['assessor.1.0', 'x'],
      ],
    ]) {
      expect((await post(path, bad as [string, string][])).status).toBe(400);
    }
    const done = await post(path, fields);
    expect([done.status, done.headers.get('Location')]).toEqual([302, `/people/${id}`]);
    expect(
      await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(opportunityId) } }),
    ).toMatchObject({ assignedSa: taker });
    expect((await get('/opportunities', cookie)).headers.get('Location')).toContain('/login');
    await expect(app.signIn('architect@example.test')).rejects.toThrow('was not signed in');
    const again = await post(path, fields);
    expect([again.status, decoded(await again.text())]).toEqual([
      409,
      expect.stringContaining('Maya Manager has deactivated Ada Architect already.'),
    ]);
    expect(await (await get(path)).text()).toContain('Nothing waits for them alone');
    expect((await post(`/people/${id}`, [['intent', 'reactivate']])).status).toBe(302);
    expect((await get('/opportunities', cookie)).headers.get('Location')).toContain('/login');
    const back = await app.signIn('architect@example.test');
    expect((await get('/opportunities', back.cookie)).status).toBe(200);
  });

  it('is nobody one is oneself', async () => {
    const id = await idOf('manager@example.test');
    const answer = await post(`/people/${id}/deactivate`, [['intent', 'deactivate']]);
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('Nobody deactivates themselves.'),
    ]);
    const page = await (await get(`/people/${id}/deactivate`)).text();
    expect(page).toContain('Nobody deactivates themselves. Ask another manager.');
    expect(page).not.toContain('value="deactivate"');
  });
});

describe('the list of people', () => {
  it('says how they stand, shows those who are here unasked, and compares with Ory', async () => {
    const id = await idOf('newcomer@example.test');
    const deactivatedById = await idOf('manager@example.test');
    const off = { deactivatedAt: new Date(), deactivatedById };
    await db.user.update({ where: { id }, data: off });
    const here = decoded(await (await get('/people')).text());
    expect(here).not.toContain('newcomer@example.test');
    for (const show of ['deactivated', 'all']) {
      const html = decoded(await (await get(`/people?show=${show}`)).text());
      expect(html).toContain('newcomer@example.test');
      expect(html).toContain('Deactivated');
    }
    expect((await get('/people?show=nonsense')).status).toBe(200);
    expect(here).toContain('Not compared yet.');
    expect((await post('/people', [['intent', 'check-identities']])).status).toBe(302);
    expect(decoded(await (await get('/people')).text())).toContain(
      '1 identity closed that was due',
    );
    await db.user.update({ where: { id }, data: { deactivatedAt: null } });
  });

  it('is quick with five hundred people', async () => {
    const data = Array.from({ length: 500 }, (_, index) => ({
      oryIdentityId: crypto.randomUUID(),
      name: `Person ${index}`,
      email: `p${index}@example.test`,
    }));
    await db.user.createMany({ data });
    await get('/people');
    const began = performance.now();
    expect((await get('/people?q=person')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1500);
    await db.user.deleteMany({ where: { name: { startsWith: 'Person ' } } });
  });

  it('stays as it is while Ory cannot be asked', async () => {
    const id = await idOf('sales@example.test');
    await app.identity.stop();
    const answer = await post(`/people/${id}`, [['intent', 'reactivate']]);
    expect(answer.status).toBe(503);
    await app.restartIdentity();
    expect((await get(`/people/${id}`)).status).toBe(200);
  });
});
