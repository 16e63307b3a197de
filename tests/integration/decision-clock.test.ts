import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clockOf } from '#app/domain/decision-clock.ts';
import { db } from '#app/lib/db.server.ts';
import { readCalendar } from '#app/models/working-calendar.server.ts';
import { addHoliday } from '#app/services/add-holiday.server.ts';
import { holdOpportunity } from '#app/services/hold-opportunity.server.ts';
import { removeHoliday } from '#app/services/remove-holiday.server.ts';
import { resumeOpportunity } from '#app/services/resume-opportunity.server.ts';
import { tellClocks } from '#app/services/tell-clocks.server.ts';
import { tellRunOutHolds } from '#app/services/tell-run-out-holds.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { acting, createCast, stand, type Cast } from './qualification-setup.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});
beforeEach(async () => {
  await db.notification.deleteMany();
  await db.opportunity.updateMany({ data: { goneSince: new Date() } });
});

const monday = new Date('2026-11-02T09:00:00Z');
const tuesdayAfternoon = new Date('2026-11-03T14:00:00Z');
const wednesday = new Date('2026-11-04T10:00:00Z');
const waitingSince = (workflowSince: Date) => createOpportunity(db, { workflowSince });
const told = () => db.notification.findMany({ where: { topic: 'clock' }, orderBy: { id: 'asc' } });

describe('holidays', () => {
  it('are added and removed by a manager, once, on the record', async () => {
    const day = '2026-12-25';
    const actor = cast.manager;
    expect(await addHoliday({ actor, day, name: 'Christmas Day' })).toMatchObject({ ok: true });
    expect(await addHoliday({ actor, day, name: 'Again' })).toMatchObject({ ok: false });
    expect(await addHoliday({ actor: cast.head, day: '2026-12-26', name: 'No' })).toMatchObject({
      ok: false,
    });
    const calendar = await readCalendar(db);
    expect(calendar.windowOf(Date.parse(day) / 86_400_000)).toBeNull();
    expect(await removeHoliday({ actor, day })).toMatchObject({ ok: true });
    expect(await removeHoliday({ actor, day })).toMatchObject({ ok: false });
    const events = await db.auditEvent.findMany({ where: { subjectType: 'holiday' } });
    expect(events.map(({ kind }) => kind).sort()).toEqual(['holiday.added', 'holiday.removed']);
  });
});

describe('a hold', () => {
  it('stops the clock, which goes on from there', async () => {
    const { id } = await waitingSince(monday);
    const calendar = await readCalendar(db);
    const before = clockOf('NEW', monday, 0, new Date(), calendar)?.elapsedMinutes ?? 0;
    expect(before).toBeGreaterThan(0);
    const hold = { until: '2099-01-01', reason: 'Budget is frozen.' };
    await holdOpportunity(await acting(cast.manager, id), hold);
    const held = (await stand(id)).opportunity;
    expect(held.clockCarriedMinutes - before).toBeLessThanOrEqual(1);
    expect(clockOf(held.status, held.workflowSince, before, new Date(), calendar)).toBeNull();
    await resumeOpportunity(await acting(cast.manager, id));
    const resumed = (await stand(id)).opportunity;
    expect(resumed).toMatchObject({ status: 'NEW', clockCarriedMinutes: held.clockCarriedMinutes });
    expect(resumed.workflowSince.getTime()).toBeGreaterThan(monday.getTime());
  });
});

describe('the holder', () => {
  it('is told when time is short and when it is over, once each', async () => {
    await waitingSince(monday);
    expect(await tellClocks(new Date('2026-11-03T11:00:00Z'))).toBe(0);
    expect(await tellClocks(tuesdayAfternoon)).toBe(1);
    expect(await tellClocks(tuesdayAfternoon)).toBe(0);
    expect(await tellClocks(wednesday)).toBe(1);
    expect(await tellClocks(wednesday)).toBe(0);
    const notices = await told();
    expect(notices.map(({ userId }) => userId)).toEqual([cast.head.id, cast.head.id]);
    expect(notices.map(({ title }) => title)).toEqual([
      '“Data platform” is close to the end of its time: assign an architect',
      '“Data platform” is over its time: assign an architect',
    ]);
    expect(notices[1]?.body).toBe('over by 1 h, in working hours.');
  });

  it('is told again once the opportunity comes into the state anew', async () => {
    const { id } = await waitingSince(monday);
    await tellClocks(wednesday);
    await db.opportunity.update({
      where: { id: BigInt(id) },
      data: { workflowSince: new Date('2026-11-09T09:00:00Z') },
    });
    expect(await tellClocks(new Date('2026-11-11T10:00:00Z'))).toBe(1);
  });

  it('is told of what a hold carried over', async () => {
    await createOpportunity(db, { workflowSince: monday, clockCarriedMinutes: 15 * 60 });
    expect(await tellClocks(new Date('2026-11-02T10:00:00Z'))).toBe(1);
  });

  it('gets one notice where many run out at once, and each worker tells only once', async () => {
    for (let count = 0; count < 7; count++) await waitingSince(monday);
    const counts = await Promise.all([tellClocks(wednesday), tellClocks(wednesday)]);
    expect(counts.sort()).toEqual([0, 7]);
    expect((await told()).map(({ title }) => title)).toEqual([
      '7 opportunities are over their time: assign an architect',
    ]);
  });

  it('is not told of what is gone, or of what stands still', async () => {
    await createOpportunity(db, { workflowSince: monday, goneSince: new Date() });
    await createOpportunity(db, { workflowSince: monday, workflowStatus: 'GO' });
    expect(await tellClocks(wednesday)).toBe(0);
  });
});

describe('a hold whose day has come', () => {
  it('is told to the managers, once a hold', async () => {
    const held = { workflowStatus: 'ON_HOLD', statusBeforeHold: 'SUBMITTED' } as const;
    const { id } = await createOpportunity(db, {
      ...held,
      holdUntil: new Date('2026-01-31'),
      holdReason: 'Budget is frozen.',
    });
    await createOpportunity(db, { ...held, holdUntil: new Date('2099-01-31') });
    expect(await tellRunOutHolds()).toBe(1);
    expect(await tellRunOutHolds()).toBe(0);
    expect(await told()).toMatchObject([
      {
        userId: cast.manager.id,
        opportunityId: BigInt(id),
        body: 'It was on hold until 31 Jan 2026: Budget is frozen.',
      },
    ]);
    const again = { workflowSince: new Date('2026-02-02T10:00:00Z') };
    await db.opportunity.update({ where: { id: BigInt(id) }, data: again });
    expect(await tellRunOutHolds()).toBe(1);
  });

  it('is told in its turn, however many were told before it', async () => {
    const names = ['first', 'second', 'third', 'fourth', 'fifth'];
    for (const [index, name] of names.entries()) {
      await createOpportunity(db, {
        workflowStatus: 'ON_HOLD',
        statusBeforeHold: 'SUBMITTED',
        name,
        holdUntil: new Date(Date.UTC(2026, 0, 1 + index)),
      });
    }
    const counts = [];
    for (let look = 0; look < 4; look++) counts.push(await tellRunOutHolds(2));
    expect(counts).toEqual([2, 2, 1, 0]);
    const titles = (await told()).map(({ title }) => title);
    expect(titles).toEqual(names.map((name) => `The hold of “${name}” has run out`));
  });
});
