import {
  api,
  bad,
  forgetIdentities,
  identities,
  makeIdentity,
  stopIdentities,
} from './people-setup.ts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Invitation } from '#app/domain/invitation.ts';
import { db } from '#app/lib/db.server.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { addPractice } from '#app/services/add-practice.server.ts';
import { changeRole } from '#app/services/change-role.server.ts';
import { inviteAgain } from '#app/services/invite-again.server.ts';
import { invitePerson } from '#app/services/invite-person.server.ts';
import { createUser } from '../factories/user.ts';

beforeEach(async () => {
  bad.day = null;
  await forgetIdentities();
  await db.user.deleteMany();
  await db.practice.deleteMany();
});
afterAll(stopIdentities);

const manager = () => createUser(db, { roles: ['MANAGER'] });
const ivy: Invitation = {
  first: 'Ivy',
  last: 'Invited',
  email: 'ivy@example.test',
  roles: ['SOLUTION_ARCHITECT'],
  practices: [],
};
const down = () => 'hang up' as const;
const kinds = async (subjectId: string) =>
  (await db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
    ({ kind }) => kind,
  );

describe('inviting somebody', () => {
  it('makes the identity, the row with all it holds, and a way in that is kept nowhere', async () => {
    const actor = await manager();
    const added = await addPractice({ actor, name: 'Cloud' });
    if (!added.ok) throw new Error(added.message);
    const practices = [BigInt(added.id)];
    const result = await invitePerson({ actor, invitation: { ...ivy, practices } });
    if (!result.ok) throw new Error(result.message);
    expect(result.way).toMatchObject({ code: expect.stringMatching(/^\d{6}$/), mailed: 'off' });
    expect(result.way?.link).toMatch(/\/recovery\?flow=[0-9a-f-]{36}$/);
    const row = await db.user.findUniqueOrThrow({
      where: { id: result.id },
      include: { roles: true, practices: true },
    });
    const [identity] = await identities();
    expect(row).toMatchObject({
      oryIdentityId: identity?.id,
      email: 'ivy@example.test',
      emailVerified: false,
      name: 'Ivy Invited',
      invitedById: actor.id,
      lastSeenAt: null,
      roles: [{ role: 'SOLUTION_ARCHITECT', grantedById: actor.id }],
      practices: [{ practiceId: practices[0] }],
    });
    expect(await kinds(result.id)).toEqual(['person.invited']);
    const kept = await db.$queryRaw<object[]>`SELECT data::text FROM audit_events`;
    expect(JSON.stringify([kept, row], (_, value) => String(value))).not.toContain(
      String(result.way?.code),
    );
  });

  it('says whose an address is, in BQS or by an identity alone', async () => {
    const actor = await manager();
    const known = await createUser(db, { email: 'ivy@example.test', name: 'Ivy Old' });
    expect(await invitePerson({ actor, invitation: ivy })).toMatchObject({
      ok: false,
      reason: 'exists',
      person: { id: known.id, name: 'Ivy Old' },
    });
    expect(await identities()).toEqual([]);
    await db.user.delete({ where: { id: known.id } });
    await makeIdentity('ivy@example.test');
    expect(await invitePerson({ actor, invitation: ivy })).toMatchObject({
      ok: false,
      reason: 'exists-in-ory',
      message: expect.stringContaining('Ask them to sign in once'),
    });
    expect(await db.user.count()).toBe(1);
  });

  it('names whoever has the address in Ory by now, though BQS knows an older one', async () => {
    const actor = await manager();
    const { id } = await makeIdentity('ivy@example.test');
    const old = await createUser(db, { oryIdentityId: id, email: 'old@example.test' });
    expect(await invitePerson({ actor, invitation: ivy })).toMatchObject({
      reason: 'exists',
      person: { id: old.id },
    });
  });

  it('keeps nobody waiting for their roles while Ory is slow to take an identity back', async () => {
    const actor = await manager();
    const other = await createUser(db);
    let changed: unknown = null;
    bad.day = async (method) => {
      if (method === 'DELETE') {
        changed = await changeRole({ actor, userId: other.id, role: 'SALES' }, true);
      }
      return null;
    };
    await invitePerson({ actor, invitation: { ...ivy, practices: [404n] } });
    bad.day = null;
    expect(changed).toMatchObject({ ok: true, changed: true });
    expect(await identities()).toEqual([]);
  });

  it('takes the identity back where the row cannot be written', async () => {
    const actor = await manager();
    const result = await invitePerson({ actor, invitation: { ...ivy, practices: [404n] } });
    expect(result).toMatchObject({ ok: false, reason: 'unknown-practice' });
    expect([await identities(), await db.user.count()]).toEqual([[], 1]);
  });

  it('goes on with an identity that an invitation has left behind, and with no other', async () => {
    const actor = await manager();
    const left = await makeIdentity('ivy@example.test', {
      metadata_admin: { invited_through: 'bqs' },
    });
    const result = await invitePerson({ actor, invitation: ivy });
    expect(result).toMatchObject({ ok: true, way: { mailed: 'off' } });
    expect(await db.user.count({ where: { oryIdentityId: left.id } })).toBe(1);
    expect(await identities()).toHaveLength(1);
  });

  it('does nothing while Ory is out of reach, and says so', async () => {
    const actor = await manager();
    for (const day of [down, () => ({ status: 500 }), () => ({ status: 200, body: 'garbage' })]) {
      bad.day = day;
      expect(await invitePerson({ actor, invitation: ivy })).toMatchObject({
        ok: false,
        reason: 'outage',
        message: expect.stringContaining('out of reach'),
      });
    }
    expect([await identities(), await db.user.count()]).toEqual([[], 1]);
  });

  it('invites where only the code cannot be made, which can be tried again', async () => {
    const actor = await manager();
    bad.day = (_, path) => (path.includes('/recovery/') ? 'hang up' : null);
    const result = await invitePerson({ actor, invitation: ivy });
    if (!result.ok) throw new Error(result.message);
    expect(result.way).toBeNull();
    const change = { actor, userId: result.id };
    expect(await inviteAgain(change)).toMatchObject({ ok: false, reason: 'outage' });
    bad.day = null;
    expect(await inviteAgain(change)).toMatchObject({ ok: true, way: { mailed: 'off' } });
    expect(await kinds(result.id)).toEqual(['person.invited', 'person.invited_again']);
  });

  it('is for managers alone, and refuses what Ory does not take', async () => {
    const actor = await createUser(db, { roles: ['PRACTICE_HEAD'] });
    expect(await invitePerson({ actor, invitation: ivy })).toMatchObject({ reason: 'not-allowed' });
    bad.day = () => ({ status: 400, body: { error: { code: 400 } } });
    expect(await invitePerson({ actor: await manager(), invitation: ivy })).toMatchObject({
      reason: 'refused',
    });
    expect(await identities()).toEqual([]);
  });

  it('of one address by two managers at once makes one person', async () => {
    const actors = [await manager(), await manager()];
    const results = await Promise.all(
      actors.map((actor) => invitePerson({ actor, invitation: ivy })),
    );
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: 'exists' });
    const row = await db.user.findFirstOrThrow({ where: { email: ivy.email } });
    expect((await identities()).map(({ id }) => id)).toEqual([row.oryIdentityId]);
  });
});

describe('inviting somebody again', () => {
  it('is refused once they have come: the account is theirs then', async () => {
    const actor = await manager();
    const result = await invitePerson({ actor, invitation: ivy });
    if (!result.ok) throw new Error(result.message);
    const [identity] = await identities();
    await mirrorIdentity(db, {
      id: identity?.id ?? '',
      email: ivy.email,
      emailVerified: true,
      name: 'Ivy Invited',
    });
    const change = { actor, userId: result.id };
    expect(await inviteAgain(change)).toMatchObject({ ok: false, reason: 'came-already' });
    const other = await createUser(db);
    expect(await inviteAgain({ actor, userId: other.id })).toMatchObject({
      reason: 'came-already',
    });
    const nobody = { actor: other, userId: result.id };
    expect(await inviteAgain(nobody)).toMatchObject({ reason: 'not-allowed' });
  });

  it('says where the identity has gone', async () => {
    const actor = await manager();
    const result = await invitePerson({ actor, invitation: ivy });
    if (!result.ok) throw new Error(result.message);
    for (const { id } of await identities()) await api('DELETE', `/identities/${id}`);
    expect(await inviteAgain({ actor, userId: result.id })).toMatchObject({ reason: 'gone' });
  });
});
