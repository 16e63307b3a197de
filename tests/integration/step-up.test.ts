import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleIdentityIds } from '#dev/ory/sample-accounts.ts';
import { db } from '#app/lib/db.server.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { setUpAuthenticator } from '../setup/authenticator-app.ts';
import { signInThrough, type Visitor } from '../setup/sign-in.ts';
import { waitingForLock } from '../setup/waiting-for-lock.ts';
import { recommendedOpportunity, stand, type Cast } from './qualification-setup.ts';

/** How far the identity server's clock is behind: what happens there happened that long ago. */
const clock = { behind: 0 };
const identityNow = () => Date.now() - clock.behind;
const minutes = (count: number) => count * 60_000;
let app: Application;
let cast: Cast;
let newcomer: string;

beforeAll(async () => {
  app = await startApplication({
    env: { REQUIRE_AAL2_FOR: 'grant-manager,decide,scorecards', STEP_UP_AMOUNT: '1000000 EUR' },
    identity: { clock: () => new Date(identityNow()), privilegedSeconds: 900 },
  });
  const architect = await db.user.findFirstOrThrow({ where: { email: 'architect@example.test' } });
  cast = {
    manager: await createUser(db, { roles: ['MANAGER'] }),
    head: await createUser(db, { roles: ['PRACTICE_HEAD'], practices: ['Data & AI'] }),
    architect: { id: architect.id, name: architect.name ?? '' },
    seller: await createUser(db, { roles: ['SALES'] }),
  };
  const where = { oryIdentityId: sampleIdentityIds.newcomer };
  newcomer = (await db.user.findUniqueOrThrow({ where })).id;
});
afterAll(() => app.stop());
beforeEach(() => void (clock.behind = 0));

const grantManager = () => ({ intent: 'grant-role', userId: newcomer, role: 'MANAGER' });
const today = () => new Date().toISOString().slice(0, 10);
const refusals = () => db.auditEvent.findMany({ where: { kind: 'access.step_up_refused' } });

async function send(
  visitor: Visitor,
  path: string,
  fields: Record<string, string> | [string, string][],
) {
  const answer = await visitor.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}

/** A recommended opportunity worth so much, with what the form to decide on it sends. */
async function toDecide(dealValue: string | null, currency: string | null) {
  const id = await recommendedOpportunity(cast);
  await db.opportunity.update({ where: { id: BigInt(id) }, data: { dealValue, currency } });
  const { remoteNumber } = await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } });
  const { opportunity, submitted } = await stand(id);
  const form: [string, string][] = [
    ['intent', 'decide'],
    ['revision', String(opportunity.revision)],
    ['assessmentId', submitted?.id ?? ''],
    ['verdict', 'NO_GO'],
    ['reason', 'Too far from what we are good at.'],
  ];
  return { id, path: `/opportunities/${encodeURIComponent(remoteNumber ?? '')}`, form };
}
const statusOf = async (id: string) => (await stand(id)).opportunity.status;

const setUpApp = (visitor: Visitor) =>
  setUpAuthenticator(visitor, { url: app.url, now: identityNow });

describe('a person without a second factor', () => {
  let visitor: Visitor;
  beforeAll(async () => void ({ visitor } = await signInThrough(app.url, 'manager@example.test')));

  it('reads beforehand what granting the manager role asks for', async () => {
    const page = await (await visitor.fetch('/people')).text();
    expect(page).toContain('Second factor needed');
    expect(page).toContain('because managers settle who may do what');
  });

  it('grants no manager role, loses nothing however early it is sent again, and is on the record', async () => {
    const before = (await refusals()).length;
    for (let fields = grantManager(), times = 0; times < 2; times += 1) {
      const { status, text } = await send(visitor, '/people?q=new', fields);
      expect([status, text]).toEqual([403, expect.stringContaining('Set up a second factor')]);
      expect(text).toContain(`action="/people?q=new"`);
      const kept = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
      fields = Object.fromEntries([...kept].map(([, name, value]) => [name, value]));
      expect(fields).toEqual(grantManager());
    }
    expect(await db.userRole.count({ where: { userId: newcomer } })).toBe(0);
    const events = await refusals();
    expect(events).toHaveLength(before + 2);
    const asked = { act: 'grant-manager', needs: 'second-factor', path: '/people' };
    expect(events.at(-1)?.data).toEqual(asked);
  });

  it('makes nobody a manager by an invitation, by reactivating, or as a stand-in', async () => {
    const { id: manager } = await db.user.findFirstOrThrow({
      where: { email: 'manager@example.test' },
    });
    const gone = await createUser(db, { roles: ['MANAGER'] });
    await db.user.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
    const person = { first: 'Grand', last: 'Entry', email: 'grand@example.test' };
    const invitation = { ...person, roles: 'MANAGER' };
    const standIn = {
      intent: 'name',
      absence: `${manager} MANAGER`,
      standInId: cast.head.id,
      from: today(),
      to: today(),
    };
    for (const [path, form] of [
      ['/people/invite', invitation],
      [`/people/${gone.id}`, { intent: 'reactivate' }],
      ['/people/stand-ins', standIn],
    ] as [string, Record<string, string>][]) {
      const { status, text } = await send(visitor, path, form);
      expect([path, status, text]).toEqual([path, 403, expect.stringContaining('Set up a second')]);
    }
    expect(await db.user.count({ where: { email: 'grand@example.test' } })).toBe(0);
    expect(await db.standIn.count()).toBe(0);
    const { deactivatedAt } = await db.user.findUniqueOrThrow({ where: { id: gone.id } });
    expect(deactivatedAt).not.toBeNull();
  });

  it('is asked for nothing by other roles, nor by taking one away', async () => {
    const sales = { ...grantManager(), role: 'SALES' };
    expect((await send(visitor, '/people', sales)).status).toBe(302);
    expect((await send(visitor, '/people', { ...sales, intent: 'revoke-role' })).status).toBe(302);
  });

  it('unmakes no manager: not by taking the role, on the page or by the API, nor by deactivating', async () => {
    const { id } = await createUser(db, { roles: ['MANAGER'] });
    const revoke = { intent: 'revoke-role', userId: id, role: 'MANAGER' };
    const path = `/people/${id}/deactivate`;
    expect(await (await visitor.fetch(path)).text()).toContain('Second factor needed');
    for (const [to, form] of [
      ['/people', revoke],
      [path, { intent: 'deactivate' }],
    ] as [string, Record<string, string>][]) {
      const { status, text } = await send(visitor, to, form);
      expect([to, status, text]).toEqual([
        to,
        403,
        expect.stringContaining('Making or unmaking a'),
      ]);
    }
    const answer = await visitor.fetch(`/api/users/${id}/role`, {
      method: 'POST',
      body: JSON.stringify({ role: 'MANAGER', action: 'revoke' }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(403);
    expect(
      await db.user.findUniqueOrThrow({ where: { id }, include: { roles: true } }),
    ).toMatchObject({ deactivatedAt: null, roles: [{ role: 'MANAGER' }] });
  });

  it('is asked for nothing by deactivating somebody who is no manager', async () => {
    const { id } = await createUser(db, { roles: ['SALES'] });
    const path = `/people/${id}/deactivate`;
    expect(await (await visitor.fetch(path)).text()).not.toContain('Second factor needed');
    expect((await send(visitor, path, { intent: 'deactivate' })).status).toBe(302);
  });

  it('is told by the API what is needed', async () => {
    const body = JSON.stringify({ role: 'MANAGER' });
    const headers = { 'Content-Type': 'application/json' };
    const path = `/api/users/${newcomer}/role`;
    const answer = await visitor.fetch(path, { method: 'POST', body, headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      title: 'Second factor needed',
      needs: 'second-factor',
      act: 'grant-manager',
    });
    expect(await db.userRole.count({ where: { userId: newcomer } })).toBe(0);
  });

  it.each([
    ['1000000.01', 'EUR'],
    ['1', 'USD'],
    ['1', null],
    [null, 'EUR'],
  ])('does not decide on %s %s, and keeps the reason', async (amount, currency) => {
    const { id, path, form } = await toDecide(amount, currency);
    expect(await (await visitor.fetch(path)).text()).toContain('Second factor needed');
    const { status, text } = await send(visitor, path, form);
    expect([status, await statusOf(id)]).toEqual([403, 'RECOMMENDED']);
    expect(text).toContain('Too far from what we are good at.');
    const data = await visitor.fetch(`${path}.data`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    expect([data.status, await statusOf(id)]).toEqual([403, 'RECOMMENDED']);
    const twice: [string, string][] = [['intent', 'hold'], ...form, ['intent', 'decide']];
    expect((await send(visitor, path, twice)).status).toBe(403);
    expect(await statusOf(id)).toBe('RECOMMENDED');
  });

  it('decides on an amount up to the limit', async () => {
    const { id, path, form } = await toDecide('1000000', 'EUR');
    expect(await (await visitor.fetch(path)).text()).not.toContain('Second factor needed');
    expect([(await send(visitor, path, form)).status, await statusOf(id)]).toEqual([302, 'NO_GO']);
    const { opportunity } = await stand(id);
    const again = {
      intent: 'reopen',
      revision: String(opportunity.revision),
      reason: 'New facts.',
    };
    expect((await send(visitor, path, again)).status).toBe(302);
  });

  it.each([
    ['5000000', 'EUR'],
    ['1000000', 'USD'],
    [null, 'EUR'],
  ])('does not decide on what becomes %s %s while it is sent', async (dealValue, currency) => {
    const { id, path, form } = await toDecide('1000000', 'EUR');
    const sent = await db.$transaction(async (sync) => {
      await sync.opportunity.update({
        where: { id: BigInt(id) },
        data: { dealValue, currency },
      });
      const sending = send(visitor, path, form);
      await waitingForLock();
      return { sending };
    });
    const { status, text } = await sent.sending;
    expect([status, await statusOf(id)]).toEqual([409, 'RECOMMENDED']);
    expect(text).toContain('Its value in the CRM changed while this was sent');
    expect(text).toContain('Too far from what we are good at.');
    expect((await send(visitor, path, form)).status).toBe(403);
  });

  it('reads in the lists of decisions what they ask for', async () => {
    await toDecide('9000000', 'EUR');
    for (const path of ['/decisions', '/']) {
      expect(await (await visitor.fetch(path)).text()).toContain('Second factor needed');
    }
    expect(await (await visitor.fetch('/decisions?show=decided')).text()).not.toContain(
      'Second factor needed',
    );
  });

  it('changes no scorecard', async () => {
    const { id } = await db.scorecard.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
    const draft = { intent: 'draft', from: String(id) };
    expect((await send(visitor, '/admin/scorecards', draft)).status).toBe(403);
    expect(await db.scorecard.count({ where: { status: 'DRAFT' } })).toBe(0);
    const publish = { intent: 'publish', revision: '1', inForce: String(id) };
    const path = `/admin/scorecards/${id}/publish`;
    expect((await send(visitor, path, publish)).status).toBe(403);
    const save = { intent: 'save', revision: '1', name: 'Mine' };
    expect((await send(visitor, `/admin/scorecards/${id}`, save)).text).toContain('value="Mine"');
  });

  it('who may not do a thing at all is refused as ever', async () => {
    const { visitor: seller } = await signInThrough(app.url, 'sales@example.test');
    const before = (await refusals()).length;
    const { text } = await send(seller, '/people', grantManager());
    expect(text).toContain('Your roles do not reach this');
    expect(await refusals()).toHaveLength(before);
  });
});

describe('a person with a second factor', () => {
  it('goes on at once where it is fresh, and after confirming where it is not', async () => {
    const { visitor } = await signInThrough(app.url, 'manager@example.test');
    clock.behind = minutes(20);
    const aged = (await signInThrough(app.url, 'manager@example.test')).visitor;
    const codeOf = await setUpApp(aged);
    // The session of just now has no second factor, so it is led to it before anything else.
    expect((await visitor.fetch('/people')).headers.get('Location')).toContain('aal=aal2');

    const { id, path, form } = await toDecide('2000000', 'EUR');
    const refused = await send(aged, path, form);
    expect([refused.status, await statusOf(id)]).toEqual([403, 'RECOMMENDED']);
    expect(refused.text).toContain('Fresh sign-in needed');
    const href = /href="(\/\.ory\/self-service\/login\/browser\?refresh[^"]*)"/.exec(refused.text);
    clock.behind = 0;
    const login = await aged.visit((href?.[1] ?? '').replaceAll('&amp;', '&'));
    const done = await aged.submitFlow('login', login.path, {
      method: 'totp',
      totp_code: codeOf(1),
    });
    expect(done.headers.get('Location')).toBe(`${app.url}/welcome?resume=1`);
    expect(await (await aged.fetch('/welcome?resume=1')).text()).toContain('Send again');
    expect([(await send(aged, path, form)).status, await statusOf(id)]).toEqual([302, 'NO_GO']);

    expect(await (await aged.fetch('/people')).text()).not.toContain('needed');
    expect((await send(aged, '/people', grantManager())).status).toBe(302);
    expect(await db.userRole.count({ where: { userId: newcomer, role: 'MANAGER' } })).toBe(1);
  });
});
