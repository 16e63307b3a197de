import { describe, expect, it, beforeEach } from 'vitest';
import type { Role } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { appointFirstManager, countManagers } from '#app/models/user-role.server.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { grantRole } from '#app/services/grant-role.server.ts';
import { revokeRole } from '#app/services/revoke-role.server.ts';
import { createUser } from '../factories/user.ts';

beforeEach(async () => {
  await db.user.deleteMany();
});

const manager = () => createUser(db, { roles: ['MANAGER'] });
const rolesOf = async (userId: string): Promise<Role[]> =>
  (await db.userRole.findMany({ where: { userId } })).map(({ role }) => role);
const eventsAbout = (id: string) =>
  db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });

describe('granting and revoking a role', () => {
  it('writes the role, who granted it, and one event each time', async () => {
    const actor = await manager();
    const user = await createUser(db);
    const change = { actor, userId: user.id, role: 'SALES' as const, requestId: 'r-1' };
    expect(await grantRole(change)).toMatchObject({ ok: true, changed: true });
    expect(await db.userRole.findFirst({ where: { userId: user.id } })).toMatchObject({
      role: 'SALES',
      grantedById: actor.id,
    });
    expect(await revokeRole(change)).toMatchObject({ ok: true, changed: true });
    expect(await rolesOf(user.id)).toEqual([]);
    expect(await eventsAbout(user.id)).toMatchObject([
      { kind: 'role.granted', actorId: actor.id, data: { role: 'SALES' }, requestId: 'r-1' },
      { kind: 'role.revoked', actorId: actor.id, data: { role: 'SALES' } },
    ]);
  });

  it('changes and records nothing where it is so already', async () => {
    const actor = await manager();
    const user = await createUser(db, { roles: ['SALES'] });
    const change = { actor, userId: user.id };
    expect(await grantRole({ ...change, role: 'SALES' })).toMatchObject({
      ok: true,
      changed: false,
    });
    expect(await revokeRole({ ...change, role: 'MANAGER' })).toMatchObject({
      ok: true,
      changed: false,
    });
    expect(await eventsAbout(user.id)).toEqual([]);
  });

  it('lets nobody change their own manager role, and records the attempt', async () => {
    const actor = await manager();
    await manager();
    const result = await revokeRole({ actor, userId: actor.id, role: 'MANAGER' });
    expect(result).toMatchObject({ ok: false, reason: 'own-manager-role' });
    expect(await rolesOf(actor.id)).toEqual(['MANAGER']);
    expect(await eventsAbout(actor.id)).toMatchObject([
      {
        kind: 'role.change_refused',
        data: { role: 'MANAGER', grant: false, reason: 'own-manager-role' },
      },
    ]);
  });

  it('refuses somebody who is no manager any more', async () => {
    const actor = await createUser(db, { roles: ['PRACTICE_HEAD'] });
    const user = await createUser(db);
    const result = await grantRole({ actor, userId: user.id, role: 'MANAGER' });
    expect(result).toMatchObject({ ok: false, reason: 'not-allowed' });
    expect(await rolesOf(user.id)).toEqual([]);
  });

  it('says that there is no such person', async () => {
    const actor = await manager();
    const userId = '7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
    expect(await grantRole({ actor, userId, role: 'SALES' })).toMatchObject({
      reason: 'unknown-user',
    });
  });

  it('lets one of two managers who revoke each other at once win', async () => {
    for (let round = 0; round < 5; round++) {
      await db.user.deleteMany();
      const [one, two] = [await manager(), await manager()];
      const results = await Promise.all([
        revokeRole({ actor: one, userId: two.id, role: 'MANAGER' }),
        revokeRole({ actor: two, userId: one.id, role: 'MANAGER' }),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await countManagers(db)).toBe(1);
    }
  });

  it('lets a revoked manager revoke nobody, however many managers are left', async () => {
    const [one, two] = [await manager(), await manager()];
    await manager();
    const results = await Promise.all([
      revokeRole({ actor: one, userId: two.id, role: 'MANAGER' }),
      revokeRole({ actor: two, userId: one.id, role: 'MANAGER' }),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await countManagers(db)).toBe(2);
  });
});

describe('the first manager', () => {
  const viewerOf = async () => {
    const { id, name } = await createUser(db);
    return {
      id,
      name,
      verifiedEmail: `${id}@example.test`,
      roles: [],
      practices: [],
      standsInFor: [],
    };
  };

  it('is one person, however many ask at once, and is recorded', async () => {
    const viewers = await Promise.all([viewerOf(), viewerOf(), viewerOf(), viewerOf()]);
    const appointed = await Promise.all(viewers.map((viewer) => appointFirstManager(db, viewer)));
    expect(appointed.filter(Boolean)).toHaveLength(1);
    expect(await countManagers(db)).toBe(1);
    const winner = viewers[appointed.indexOf(true)]?.id ?? '';
    expect(await eventsAbout(winner)).toMatchObject([
      { kind: 'first_manager.granted', actorId: null, actorName: 'BQS' },
    ]);
  });

  it('is one role even where the same person asks twice at once', async () => {
    const viewer = await viewerOf();
    const both = await Promise.all([
      appointFirstManager(db, viewer),
      appointFirstManager(db, viewer),
    ]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  it('is nobody where there is a manager already', async () => {
    await manager();
    expect(await appointFirstManager(db, await viewerOf())).toBe(false);
  });
});

describe('the mirror of an identity', () => {
  const identity = {
    id: '5d0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11',
    email: 'iris@example.test',
    emailVerified: true,
    name: 'Iris Inner',
  };

  it('is one person, however many requests come first at once', async () => {
    const viewers = await Promise.all([1, 2, 3, 4].map(() => mirrorIdentity(db, identity)));
    expect(new Set(viewers.map(({ id }) => id)).size).toBe(1);
    expect(viewers[0]).toMatchObject({
      name: 'Iris Inner',
      verifiedEmail: 'iris@example.test',
      roles: [],
    });
  });

  it('follows the name and the address, and trusts no address that is not verified', async () => {
    const { id } = await mirrorIdentity(db, identity);
    const changed = {
      ...identity,
      email: 'new@example.test',
      emailVerified: false,
      name: 'Iris Outer',
    };
    expect(await mirrorIdentity(db, changed)).toMatchObject({
      id,
      name: 'Iris Outer',
      verifiedEmail: null,
    });
  });

  it('notes when somebody was last seen, at most once in five minutes', async () => {
    const seen = async () => (await db.user.findFirstOrThrow()).lastSeenAt?.toISOString();
    await mirrorIdentity(db, identity, new Date('2027-01-01T10:00:00Z'));
    await mirrorIdentity(db, identity, new Date('2027-01-01T10:04:59Z'));
    expect(await seen()).toBe('2027-01-01T10:00:00.000Z');
    await mirrorIdentity(db, identity, new Date('2027-01-01T10:05:01Z'));
    expect(await seen()).toBe('2027-01-01T10:05:01.000Z');
  });
});
