import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { db } from '#app/lib/db.server.ts';
import { listStandInChoices } from '#app/models/stand-in-choice.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { endStandIn } from '#app/services/end-stand-in.server.ts';
import { nameStandIn, type NamedStandIn } from '#app/services/name-stand-in.server.ts';
import { createUser } from '../factories/user.ts';
import { createCast, type Cast } from './qualification-setup.ts';

const day = (days: number) =>
  new Date(Date.parse(workingToday()) + days * 86_400_000).toISOString().slice(0, 10);

let cast: Cast;
let ada: { id: string; name: string };
beforeEach(async () => {
  await db.standIn.deleteMany();
  cast = await createCast();
  ada = await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Cloud'], name: 'Ada' });
});

const name = (asked: Partial<NamedStandIn> & Pick<NamedStandIn, 'role'>) =>
  nameStandIn({
    actorId: cast.manager.id,
    userId: cast.head.id,
    standInId: ada.id,
    from: day(0),
    to: day(9),
    ...asked,
  });

describe('naming a stand-in', () => {
  it('is one row and one event', async () => {
    const requestId = 'r-7';
    expect(await name({ role: 'PRACTICE_HEAD', requestId })).toMatchObject({ ok: true });
    const event = await db.auditEvent.findFirst({ where: { requestId } });
    expect(event).toMatchObject({
      kind: 'stand_in.named',
      actorId: cast.manager.id,
      subjectId: cast.head.id,
      data: { role: 'PRACTICE_HEAD', standIn: 'Ada', from: day(0), to: day(9) },
    });
  });

  it('is refused twice for the same days, and done for others', async () => {
    await name({ role: 'PRACTICE_HEAD' });
    expect(await name({ role: 'PRACTICE_HEAD', from: day(9), to: day(12) })).toMatchObject({
      reason: 'double',
    });
    const later = { from: day(10), to: day(12) };
    expect(await name({ role: 'PRACTICE_HEAD', ...later })).toMatchObject({ ok: true });
  });

  it('twice at once leaves one', async () => {
    const both = await Promise.all([1, 2].map(() => name({ role: 'PRACTICE_HEAD' })));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await db.standIn.count()).toBe(1);
  });

  it.each<[string, Partial<Prisma.StandInUncheckedCreateInput>, string]>([
    ['days out of order', { toDay: new Date('2026-11-01') }, 'stand_ins_days_in_order'],
    ['more than a quarter', { toDay: new Date('2027-03-10') }, 'stand_ins_of_limited_length'],
    ['an architect', { role: 'SOLUTION_ARCHITECT' as Role }, 'stand_ins_roles'],
    ['half an end', { endedAt: new Date() }, 'stand_ins_ended_whole'],
    ['a double', {}, 'stand_ins_no_double'],
  ])('is refused by the database with %s', async (_what, given, constraint) => {
    const good = {
      userId: cast.head.id,
      standInId: ada.id,
      role: 'PRACTICE_HEAD' as Role,
      fromDay: new Date('2026-12-01'),
      toDay: new Date('2026-12-04'),
      createdByName: 'M',
    };
    await db.standIn.create({ data: good });
    await expect(db.standIn.create({ data: { ...good, ...given } })).rejects.toThrow(constraint);
    const self = { ...good, standInId: good.userId };
    await expect(db.standIn.create({ data: self })).rejects.toThrow('stand_ins_of_another');
  });

  it('shows the directory to nobody who names none', async () => {
    const choicesOf = (id: string, roles: Role[]) => listStandInChoices(db, { id, roles });
    expect(await choicesOf(cast.seller.id, ['SALES'])).toEqual({ absences: [], people: [] });
    expect(await choicesOf(ada.id, ['SOLUTION_ARCHITECT'])).toEqual({ absences: [], people: [] });
    const { people } = await choicesOf(cast.head.id, ['PRACTICE_HEAD']);
    const { id, name: called } = ada;
    expect(people).toContainEqual({
      id,
      name: called,
      roles: ['SOLUTION_ARCHITECT'],
      awaited: false,
    });
  });

  it('ends by nobody whom it does not concern', async () => {
    await name({ role: 'PRACTICE_HEAD' });
    const { id } = await db.standIn.findFirstOrThrow();
    expect(await endStandIn({ actorId: cast.seller.id, id })).toMatchObject({ status: 404 });
    expect(await endStandIn({ actorId: ada.id, id: id + 1n })).toMatchObject({ status: 404 });
    expect(await endStandIn({ actorId: ada.id, id })).toMatchObject({ ok: true });
    expect(await db.auditEvent.count({ where: { kind: 'stand_in.ended' } })).toBeGreaterThan(0);
  });
});
