import { api, asked, bad, forgetIdentities, makeIdentity, stopIdentities } from './people-setup.ts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { listArchitectLoads } from '#app/models/architect-load.server.ts';
import { readHolders } from '#app/models/holder.server.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { notify, peopleHolding } from '#app/models/notification.server.ts';
import { readOpenWork } from '#app/models/open-work.server.ts';
import { listReaders } from '#app/models/reader.server.ts';
import { findViewer, listManagerNames } from '#app/models/user.server.ts';
import { countManagers } from '#app/models/user-role.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { closeIdentity } from '#app/services/close-identity.server.ts';
import { deactivateHandingOver } from '#app/services/deactivate-handing-over.server.ts';
import { deactivatePerson } from '#app/services/deactivate-person.server.ts';
import { grantRole } from '#app/services/grant-role.server.ts';
import { reactivatePerson } from '#app/services/reactivate-person.server.ts';
import { revokeRole } from '#app/services/revoke-role.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { acting, stand } from './qualification-setup.ts';

beforeEach(async () => {
  bad.day = null;
  await forgetIdentities();
  await db.opportunity.deleteMany();
  await db.user.deleteMany();
  await db.practice.deleteMany();
});
afterAll(stopIdentities);

const practice = 'Data & AI';
const manager = (name = 'Mona Manager') => createUser(db, { name, roles: ['MANAGER'] });
const stateOf = async (id: string) => (await api('GET', `/identities/${id}`)).state;

/** An architect with an identity in Ory. */
async function architect(name = 'Ada Architect') {
  const identity = await makeIdentity(`${name.split(' ')[0]}@example.test`);
  const user = await createUser(db, {
    ...{ oryIdentityId: identity.id, name, email: identity.traits.email },
    ...{ roles: ['SOLUTION_ARCHITECT'], practices: [practice] },
  });
  return { ...user, identityId: identity.id };
}

async function assigned(to: { id: string }, by: { id: string }) {
  const { id } = await createOpportunity(db, { practice });
  await assignOpportunity(await acting(by, id), to.id);
  return id;
}

describe('deactivating somebody', () => {
  it('closes their identity, ends its sessions and takes every right away', async () => {
    const actor = await manager();
    const ada = await architect();
    const result = await deactivatePerson({ actor, userId: ada.id, requestId: 'r-1' });
    expect(result).toEqual({ ok: true, name: 'Ada Architect', left: 0, closed: true });
    expect(await stateOf(ada.identityId)).toBe('inactive');
    expect(asked()).toContain(`DELETE /admin/identities/${ada.identityId}/sessions`);
    const row = await db.user.findUniqueOrThrow({
      where: { id: ada.id },
      include: { roles: true },
    });
    expect(row).toMatchObject({ deactivatedById: actor.id, roles: [{}] });
    expect(row.identityClosedAt).not.toBeNull();
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: [], verifiedEmail: null });
    expect(await db.auditEvent.findFirst({ where: { subjectId: ada.id } })).toMatchObject({
      ...{ kind: 'person.deactivated', actorId: actor.id, requestId: 'r-1' },
      data: { left: 0, inOry: false },
    });
  });

  it('holds here while Ory is out of reach, and is finished later', async () => {
    const actor = await manager();
    const ada = await architect();
    bad.day = () => 'hang up';
    expect(await deactivatePerson({ actor, userId: ada.id })).toMatchObject({ closed: false });
    const { active } = await mirrorIdentity(db, {
      ...{ id: ada.identityId, email: 'ada@example.test', emailVerified: true },
      name: 'Ada Architect',
    });
    expect(active).toBe(false);
    expect(await closeIdentity(ada.id)).toBe(false);
    // The state alone is half of it: sessions would come back to life with it.
    bad.day = (method) => (method === 'DELETE' ? { status: 500 } : null);
    expect(await closeIdentity(ada.id)).toBe(false);
    expect(await stateOf(ada.identityId)).toBe('inactive');
    bad.day = null;
    expect(await closeIdentity(ada.id)).toBe(true);
    expect((await db.user.findUniqueOrThrow({ where: { id: ada.id } })).identityClosedAt).not.toBe(
      null,
    );
  });

  it('counts as closed where the identity is gone', async () => {
    const actor = await manager();
    const ada = await architect();
    await api('DELETE', `/identities/${ada.identityId}`);
    expect(await deactivatePerson({ actor, userId: ada.id })).toMatchObject({ closed: true });
  });

  it('is refused to oneself, to whoever is no manager, twice, and of nobody', async () => {
    const actor = await manager();
    const other = await manager('Otto Other');
    const ada = await architect();
    const reason = async (change: { actor: typeof actor; userId: string }) => {
      const result = await deactivatePerson(change);
      return result.ok ? null : `${result.reason}: ${result.message}`;
    };
    expect(await reason({ actor, userId: actor.id })).toMatch(/^own-account/);
    expect(await reason({ actor: ada, userId: other.id })).toMatch(/^not-allowed/);
    expect(await reason({ actor, userId: '00000000-0000-4000-8000-000000000000' })).toMatch(
      /^unknown/,
    );
    expect(await reason({ actor: other, userId: ada.id })).toBeNull();
    expect(await reason({ actor, userId: ada.id })).toBe(
      'deactivated-already: Otto Other has deactivated Ada Architect already.',
    );
  });

  it('leaves one of two managers who deactivate each other at once', async () => {
    const [one, two] = [await manager('One'), await manager('Two')];
    const results = await Promise.all([
      deactivatePerson({ actor: one, userId: two.id }),
      deactivatePerson({ actor: two, userId: one.id }),
    ]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: 'not-allowed' });
    expect(await countManagers(db)).toBe(1);
  });

  it('takes them out of every choice, count, notice and list of who could help', async () => {
    const actor = await manager();
    const gone = await createUser(db, {
      name: 'Gil Gone',
      email: 'gil@example.test',
      roles: ['MANAGER', 'PRACTICE_HEAD', 'SOLUTION_ARCHITECT'],
      practices: [practice],
    });
    await deactivatePerson({ actor, userId: gone.id });
    expect(await countManagers(db)).toBe(1);
    expect(await listManagerNames(db)).toEqual(['Mona Manager']);
    const today = '2026-11-25';
    expect(await listArchitectLoads(db, { practices: null, today })).toEqual([]);
    const holders = await readHolders(db);
    expect([holders.managers, holders.heads]).toEqual([['Mona Manager'], []]);
    const about = { practice, assignedSa: gone.id, salesOwnerEmail: 'gil@example.test' };
    expect((await listReaders(db, about)).map(({ name }) => name)).toEqual(['Mona Manager']);
    await notify(db, await peopleHolding(db, 'manage:roles'), {
      ...{ topic: 'people', title: 'News', body: '', path: '/people', opportunityId: null },
    });
    expect(await db.notification.count({ where: { userId: gone.id } })).toBe(0);
    expect(await db.notification.count({ where: { userId: actor.id } })).toBe(1);
    const id = (await createOpportunity(db, { practice })).id;
    expect(await assignOpportunity(await acting(actor, id), gone.id)).toMatchObject({ ok: false });
    // The role of a deactivated manager can be taken, although only one manager is left.
    expect(await revokeRole({ actor, userId: gone.id, role: 'MANAGER' })).toMatchObject({
      ok: true,
      changed: true,
    });
  });
});

describe('handing work over', () => {
  it('assigns by the rules of assigning, finds a head, and then deactivates', async () => {
    const actor = await manager();
    const [ada, ben] = [await architect(), await architect('Ben Builder')];
    await grantRole({ actor, userId: ada.id, role: 'PRACTICE_HEAD' });
    const mine = [await assigned(ada, actor), await assigned(ada, actor)];
    const [first = '', second = ''] = mine;
    const work = await readOpenWork(db, ada.id);
    expect(work).toMatchObject({ waiting: 0, practices: [{ name: practice, submitted: 0 }] });
    expect(work.assessments.map(({ id }) => id).sort()).toEqual(mine.sort());
    const revision = (await stand(first)).opportunity.revision;
    const practiceId = work.practices[0]?.id ?? '';
    const chosen = {
      assessments: [{ opportunityId: first, revision, to: ben.id }],
      practices: [{ practiceId, to: ben.id }],
    };
    const change = { actor, userId: ada.id };
    expect(await deactivateHandingOver(change, chosen, true)).toMatchObject({
      ...{ ok: true, closed: true, title: 'Ada Architect is deactivated' },
    });
    expect((await stand(first)).opportunity.assignedSa).toBe(ben.id);
    expect((await stand(second)).opportunity.assignedSa).toBe(ada.id);
    expect(await findViewer(db, ben.id)).toMatchObject({
      roles: expect.arrayContaining(['PRACTICE_HEAD', 'SOLUTION_ARCHITECT']),
    });
    const event = await db.auditEvent.findFirst({
      where: { kind: 'person.deactivated', subjectId: ada.id },
    });
    expect(event?.data).toEqual({ left: 1, inOry: false });
    const assignments = await db.auditEvent.count({ where: { kind: 'opportunity.assigned' } });
    expect(assignments).toBeGreaterThanOrEqual(3);
    // What was left can be handed over afterwards.
    const rest = [{ opportunityId: second, revision, to: ben.id }];
    expect(
      await deactivateHandingOver(change, { assessments: rest, practices: [] }, false),
    ).toMatchObject({ ok: true, title: '1 piece of work handed over' });
  });

  it('deactivates nobody while somebody has been faster with a piece of work', async () => {
    const actor = await manager();
    const [ada, ben] = [await architect(), await architect('Ben Builder')];
    const id = await assigned(ada, actor);
    const { revision } = (await stand(id)).opportunity;
    await assignOpportunity(await acting(actor, id), ben.id);
    const chosen = {
      assessments: [{ opportunityId: id, revision, to: actor.id }],
      practices: [],
    };
    const result = await deactivateHandingOver({ actor, userId: ada.id }, chosen, true);
    expect(result).toMatchObject({
      ok: false,
      message: expect.stringContaining('Nobody was deactivated yet.'),
    });
    expect((await db.user.findUniqueOrThrow({ where: { id: ada.id } })).deactivatedAt).toBeNull();
  });

  it('leaves no role behind where the practice is not to be had or the taker is not fit', async () => {
    const actor = await manager();
    const [ada, ben] = [await architect(), await architect('Ben Builder')];
    const seller = await createUser(db, { roles: ['SALES'] });
    const away = await architect('Ana Away');
    await db.user.update({ where: { id: away.id }, data: { deactivatedAt: new Date() } });
    await grantRole({ actor, userId: ada.id, role: 'PRACTICE_HEAD' });
    const other = await db.practice.create({ data: { name: 'Not hers' } });
    const practiceId = (await readOpenWork(db, ada.id)).practices[0]?.id ?? '';
    const id = await assigned(ada, actor);
    const { revision } = (await stand(id)).opportunity;
    const assessments = [{ opportunityId: id, revision, to: ben.id }];
    const held = () => db.userRole.count({ where: { role: 'PRACTICE_HEAD' } });
    const before = [await held(), await db.userPractice.count()];
    for (const practices of [
      [{ practiceId: '999999999', to: ben.id }],
      [{ practiceId: String(other.id), to: ben.id }],
      [{ practiceId, to: seller.id }],
      [{ practiceId, to: away.id }],
      [{ practiceId, to: ada.id }],
      [
        { practiceId, to: ben.id },
        { practiceId: '999999999', to: ben.id },
      ],
    ]) {
      const change = { actor, userId: ada.id };
      const result = await deactivateHandingOver(change, { assessments, practices }, false);
      expect(result).toMatchObject({ ok: false, message: expect.stringContaining('0 pieces') });
      expect([await held(), await db.userPractice.count()]).toEqual(before);
      expect((await stand(id)).opportunity.assignedSa).toBe(ada.id);
    }
  });

  it('moves nothing for a deactivation that is refused', async () => {
    const actor = await manager();
    const ben = await architect('Ben Builder');
    await grantRole({ actor, userId: actor.id, role: 'SOLUTION_ARCHITECT' });
    const id = await assigned(actor, actor);
    const { revision } = (await stand(id)).opportunity;
    const assessments = [{ opportunityId: id, revision, to: ben.id }];
    expect(
      await deactivateHandingOver(
        { actor, userId: actor.id },
        { assessments, practices: [] },
        true,
      ),
    ).toMatchObject({ ok: false, message: expect.stringContaining('themselves') });
    expect((await stand(id)).opportunity.assignedSa).toBe(actor.id);
  });
});

describe('reactivating somebody', () => {
  it('lets them in with the roles they had', async () => {
    const actor = await manager();
    const ada = await architect();
    const change = { actor, userId: ada.id };
    expect(await reactivatePerson(change)).toMatchObject({ ok: false, reason: 'active-already' });
    await deactivatePerson(change);
    const nobody = await createUser(db);
    const refused = await reactivatePerson({ ...change, actor: nobody });
    expect(refused).toMatchObject({ reason: 'not-allowed' });
    expect(await reactivatePerson(change)).toEqual({
      ...{ ok: true, name: 'Ada Architect', roles: ['SOLUTION_ARCHITECT'] },
    });
    expect(await stateOf(ada.identityId)).toBe('active');
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: ['SOLUTION_ARCHITECT'] });
  });

  it('changes nothing while Ory is out of reach, nor where the identity is gone', async () => {
    const actor = await manager();
    const ada = await architect();
    const change = { actor, userId: ada.id };
    await deactivatePerson(change);
    bad.day = () => 'hang up';
    expect(await reactivatePerson(change)).toMatchObject({ ok: false, reason: 'outage' });
    bad.day = null;
    await api('DELETE', `/identities/${ada.identityId}`);
    expect(await reactivatePerson(change)).toMatchObject({ ok: false, reason: 'gone' });
    expect(await findViewer(db, ada.id)).toMatchObject({ roles: [] });
  });
});
