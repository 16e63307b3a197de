import { api, bad, forgetIdentities, makeIdentity, stopIdentities } from './people-setup.ts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { latestIdentityCheck } from '#app/models/identity-check.server.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { deactivatePerson } from '#app/services/deactivate-person.server.ts';
import { reconcilePeople } from '#app/services/reconcile-people.server.ts';
import { handleReconcile } from '#jobs/handlers/reconcile-people.ts';
import { createUser, type UserDraft } from '../factories/user.ts';

beforeEach(async () => {
  bad.day = null;
  await forgetIdentities();
  await db.user.deleteMany();
  await db.identityCheck.deleteMany();
});
afterAll(stopIdentities);

/** Somebody with an identity in Ory that says of them what the row says. */
async function person(email: string, draft: UserDraft = {}) {
  const identity = await makeIdentity(email);
  const given = { oryIdentityId: identity.id, email, name: 'Ida Identity', ...draft };
  return { ...(await createUser(db, given)), identityId: identity.id };
}
const manager = () => person('mona@example.test', { roles: ['MANAGER'] });
const rowOf = (id: string) => db.user.findUniqueOrThrow({ where: { id } });
const eventsOf = (subjectId: string) =>
  db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } });
const setState = (id: string, value: string) =>
  api('PATCH', `/identities/${id}`, [{ op: 'replace', path: '/state', value }]);

describe('comparing the people with Ory', () => {
  it('changes nothing where nothing has changed, and makes nobody out of a stranger', async () => {
    const actor = await manager();
    await makeIdentity('stranger@example.test');
    const result = await reconcilePeople(actor);
    expect(result).toMatchObject({
      outcome: 'DONE',
      message: 'Compared with Ory: nothing had changed.',
      counts: { identities: 2, unknown: 1, changed: 0, gone: 0 },
    });
    expect(await db.user.count()).toBe(1);
    expect((await rowOf(actor.id)).identityCheckedAt).not.toBeNull();
    expect(await latestIdentityCheck(db)).toMatchObject({ outcome: 'DONE', by: 'Ida Identity' });
  });

  it('takes over addresses and names, and trusts no address that is not verified', async () => {
    await manager();
    const ada = await person('ada@example.test', { roles: ['SALES'] });
    await api('PUT', `/identities/${ada.identityId}`, {
      schema_id: 'person_v1',
      state: 'active',
      traits: { email: 'ada.new@example.test', name: { first: 'Ada', last: 'Newly' } },
    });
    expect(await reconcilePeople(null)).toMatchObject({ counts: { changed: 1 } });
    expect(await rowOf(ada.id)).toMatchObject({
      email: 'ada.new@example.test',
      emailVerified: false,
      name: 'Ada Newly',
    });
    expect(await findViewer(db, ada.id)).toMatchObject({ verifiedEmail: null, roles: ['SALES'] });
    expect(await eventsOf(ada.id)).toMatchObject([
      {
        kind: 'person.identity_changed',
        actorId: null,
        data: {
          fields: ['email', 'emailVerified', 'name'],
          before: 'ada@example.test',
          after: 'ada.new@example.test',
        },
      },
    ]);
    expect(await reconcilePeople(null)).toMatchObject({ counts: { changed: 0 } });
  });

  it('marks as gone whose identity is gone, tells the managers, and keeps the name', async () => {
    const mona = await manager();
    const ada = await person('ada@example.test', { roles: ['SOLUTION_ARCHITECT'] });
    await api('DELETE', `/identities/${ada.identityId}`);
    expect(await reconcilePeople(null)).toMatchObject({ counts: { missing: 1, gone: 1 } });
    expect((await rowOf(ada.id)).deletedAt).not.toBeNull();
    expect(await findViewer(db, ada.id)).toMatchObject({ name: 'Ida Identity', roles: [] });
    expect(await eventsOf(ada.id)).toMatchObject([
      { kind: 'person.identity_gone', data: { left: 0 } },
    ]);
    expect(await db.notification.findFirst({ where: { userId: mona.id } })).toMatchObject({
      topic: 'people',
      path: `/people/${ada.id}`,
    });
    expect(await reconcilePeople(null)).toMatchObject({ counts: { missing: 0, gone: 0 } });
  });

  it('brings back whose identity is seen again', async () => {
    await manager();
    const ada = await person('ada@example.test', { roles: ['SALES'] });
    await db.user.update({ where: { id: ada.id }, data: { deletedAt: new Date() } });
    expect(await reconcilePeople(null)).toMatchObject({ counts: { returned: 1 } });
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: ['SALES'] });
    await db.user.update({ where: { id: ada.id }, data: { deletedAt: new Date() } });
    const identity = { id: ada.identityId, email: 'ada@example.test', emailVerified: true };
    expect(await mirrorIdentity(db, { ...identity, name: 'Ida Identity' })).toMatchObject({
      active: true,
      roles: ['SALES'],
    });
    expect((await eventsOf(ada.id)).map(({ kind }) => kind)).toEqual([
      'person.identity_returned',
      'person.identity_returned',
    ]);
  });

  it('finishes a deactivation that Ory was not told of, also where Ory undid it', async () => {
    const actor = await manager();
    const ada = await person('ada@example.test');
    bad.day = () => 'hang up';
    await deactivatePerson({ actor, userId: ada.id });
    bad.day = null;
    expect(await reconcilePeople(null)).toMatchObject({ counts: { closed: 1 } });
    expect((await api('GET', `/identities/${ada.identityId}`)).state).toBe('inactive');
    expect((await rowOf(ada.id)).identityClosedAt).not.toBeNull();
    expect(await reconcilePeople(null)).toMatchObject({ counts: { closed: 0 } });
    await setState(ada.identityId, 'active');
    expect(await reconcilePeople(null)).toMatchObject({ counts: { closed: 1, reactivated: 0 } });
    expect((await api('GET', `/identities/${ada.identityId}`)).state).toBe('inactive');
  });

  it('follows Ory where somebody is switched off there, and on again', async () => {
    await manager();
    const ada = await person('ada@example.test', { roles: ['SALES'] });
    await setState(ada.identityId, 'inactive');
    expect(await reconcilePeople(null)).toMatchObject({ counts: { deactivated: 1 } });
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: [] });
    expect(await reconcilePeople(null)).toMatchObject({ counts: { deactivated: 0, closed: 0 } });
    await setState(ada.identityId, 'active');
    expect(await reconcilePeople(null)).toMatchObject({ counts: { reactivated: 1 } });
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: ['SALES'] });
    expect((await eventsOf(ada.id)).map(({ kind, data }) => [kind, data])).toEqual([
      ['person.deactivated', { left: 0, inOry: true }],
      ['person.reactivated', { roles: ['SALES'], inOry: true }],
    ]);
  });

  it('reads every page, whatever its token looks like', async () => {
    const actor = await manager();
    for (let index = 0; index < 260; index++) await makeIdentity(`p${index}@example.test`);
    expect(await reconcilePeople(actor)).toMatchObject({ counts: { identities: 261 } });
  });
});

describe('a listing that cannot be trusted', () => {
  const gone = () => db.user.count({ where: { deletedAt: { not: null } } });

  it('that is empty marks nobody as gone', async () => {
    const mona = await manager();
    await forgetIdentities();
    expect(await reconcilePeople(null)).toMatchObject({ outcome: 'HELD', counts: { missing: 1 } });
    expect(await gone()).toBe(0);
    const told = () => db.notification.count({ where: { userId: mona.id, topic: 'people' } });
    expect(await told()).toBe(1);
    await reconcilePeople(null);
    expect(await told()).toBe(1);
  });

  it('that lacks too many marks nobody as gone, and a bound is kept', async () => {
    await manager();
    const people = [];
    for (let index = 0; index < 6; index++) people.push(await person(`p${index}@example.test`));
    for (const { identityId } of people) await api('DELETE', `/identities/${identityId}`);
    const result = await reconcilePeople(null);
    expect(result).toMatchObject({ outcome: 'HELD', counts: { missing: 6, gone: 0 } });
    expect(result.message).toContain('6 of 7 people');
    expect(await gone()).toBe(0);
    await db.user.delete({ where: { id: people[0]?.id } });
    expect(await reconcilePeople(null)).toMatchObject({ outcome: 'DONE', counts: { gone: 5 } });
  });

  it('that leaves somebody out who is there marks nobody as gone', async () => {
    await manager();
    const ada = await person('ada@example.test');
    const mona = await db.user.findFirstOrThrow({ where: { email: 'mona@example.test' } });
    const listed = await api('GET', `/identities/${mona.oryIdentityId}`);
    bad.day = (method, path) =>
      method === 'GET' && path === '/admin/identities' ? { status: 200, body: [listed] } : null;
    expect(await reconcilePeople(null)).toMatchObject({ counts: { missing: 1, gone: 0 } });
    expect((await rowOf(ada.id)).deletedAt).toBeNull();
  });

  it.each([
    ['an outage', () => 'hang up' as const],
    ['a fault', () => ({ status: 500 })],
    ['garbage', () => ({ status: 200, body: { identities: [] } })],
    [
      'a page for ever',
      () => ({
        status: 200,
        body: [],
        headers: { Link: '</admin/identities?page_token=x>; rel="next"' },
      }),
    ],
  ])('for %s fails the check, and the queue tries again', async (_, day) => {
    const actor = await manager();
    bad.day = day;
    expect(await reconcilePeople(actor)).toMatchObject({ outcome: 'FAILED' });
    await expect(handleReconcile()).rejects.toThrow('Nobody was marked as gone');
    expect(await gone()).toBe(0);
    expect(await latestIdentityCheck(db)).toMatchObject({ outcome: 'FAILED', by: null });
  });

  it('whose missing cannot be asked for one by one fails the check', async () => {
    await manager();
    const ada = await person('ada@example.test');
    await api('DELETE', `/identities/${ada.identityId}`);
    bad.day = (_, path) => (path.endsWith(ada.identityId) ? { status: 503 } : null);
    expect(await reconcilePeople(null)).toMatchObject({ outcome: 'FAILED', counts: { gone: 0 } });
    expect(await gone()).toBe(0);
  });

  it('is asked for by managers alone', async () => {
    const nobody = await createUser(db);
    expect(await reconcilePeople(nobody)).toMatchObject({ outcome: 'REFUSED' });
    expect(await latestIdentityCheck(db)).toBeNull();
  });
});
