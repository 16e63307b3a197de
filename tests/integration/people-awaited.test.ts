import { beforeEach, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { listArchitectLoads } from '#app/models/architect-load.server.ts';
import { listSuccessors } from '#app/models/open-work.server.ts';
import { listStandInChoices } from '#app/models/stand-in-choice.server.ts';
import { createUser } from '../factories/user.ts';

const roles = ['SOLUTION_ARCHITECT'] as const;
let manager: { id: string };

beforeEach(async () => {
  await db.user.deleteMany();
  manager = await createUser(db, { name: 'Mona', roles: ['MANAGER'] });
  await createUser(db, { name: 'Ada', roles });
  const { id } = await createUser(db, { name: 'Ivy', roles });
  await db.user.update({ where: { id }, data: { invitedAt: new Date() } });
});

const choices = {
  'an assessment': () => listArchitectLoads(db, { practices: null, today: '2026-11-25' }),
  'work to take over': () => listSuccessors(db, manager.id),
  'standing in': async () =>
    (await listStandInChoices(db, { id: manager.id, roles: ['MANAGER'] })).people,
};

it.each(Object.entries(choices))('whoever has not come yet is marked for %s', async (_, list) => {
  const marked = async () => (await list()).map(({ name, awaited }) => ({ name, awaited }));
  const ada = { name: 'Ada', awaited: false };
  expect(await marked()).toEqual([ada, { name: 'Ivy', awaited: true }]);
  await db.user.updateMany({ where: { name: 'Ivy' }, data: { lastSeenAt: new Date() } });
  expect(await marked()).toEqual([ada, { name: 'Ivy', awaited: false }]);
});
