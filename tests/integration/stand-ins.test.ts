import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inScope, permissions, scopeOf } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { db } from '#app/lib/db.server.ts';
import { parseMemo } from '#app/domain/memo.ts';
import { holderOf, readHolders } from '#app/models/holder.server.ts';
import { scopePredicate } from '#app/models/opportunity-predicate.server.ts';
import { listReaders } from '#app/models/reader.server.ts';
import { readTimeline } from '#app/models/timeline.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { endStandIn } from '#app/services/end-stand-in.server.ts';
import { grantRole } from '#app/services/grant-role.server.ts';
import { nameStandIn, type NamedStandIn } from '#app/services/name-stand-in.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { revokeRole } from '#app/services/revoke-role.server.ts';
import { tellClocks } from '#app/services/tell-clocks.server.ts';
import { drawnIds, drawnRows, drawnViewers } from '../factories/drawn-viewers.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

// Thirteen hours ahead of UTC: a day that is taken for one of UTC shows.
vi.hoisted(() => (process.env.WORKING_TIMEZONE = 'Pacific/Auckland'));

const day = (days: number) =>
  new Date(Date.parse(workingToday()) + days * 86_400_000).toISOString().slice(0, 10);

let cast: Cast;
let ada: { id: string; name: string };
beforeAll(() => createUser(db, { roles: ['MANAGER'], name: 'Mona Manager' }));
beforeEach(async () => {
  await db.standIn.deleteMany();
  cast = await createCast();
  ada = await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Cloud'], name: 'Ada' });
});

type Asked = Partial<Omit<NamedStandIn, 'role'>> & Pick<NamedStandIn, 'role'>;
const name = (asked: Asked) =>
  nameStandIn({
    actorId: cast.manager.id,
    userId: asked.role === 'MANAGER' ? cast.manager.id : cast.head.id,
    standInId: ada.id,
    from: day(0),
    to: day(9),
    ...asked,
  });
const standsInFor = async (person: { id: string }, now?: Date) =>
  (await findViewer(db, person.id, now))?.standsInFor.map(({ role }) => role);

describe('the rows of a mandate', () => {
  it('are in SQL those of the table of permissions', async () => {
    for (const id of drawnIds)
      await db.user.create({ data: { id, oryIdentityId: id, name: id, emailVerified: true } });
    const rows = fc.sample(drawnRows, { numRuns: 120, seed: 5 });
    const kept = await Promise.all(
      rows.map(async (row) => ({ ...row, ...(await createOpportunity(db, row)) })),
    );
    const among = Prisma.sql`o.id = ANY(${kept.map(({ id }) => BigInt(id))}::bigint[])`;
    let reached = 0;
    for (const viewer of fc.sample(drawnViewers, { numRuns: 60, seed: 7 })) {
      for (const permission of permissions) {
        const scope = scopeOf(viewer, permission);
        if (!scope) continue;
        const found = await db.$queryRaw<{ id: string }[]>`
          SELECT o.id::text FROM opportunities o WHERE ${among} AND ${scopePredicate(scope)}`;
        const due = kept.filter((row) => inScope(scope, row)).map(({ id }) => id);
        expect(found.map(({ id }) => id).sort()).toEqual(due.sort());
        reached += due.length;
      }
    }
    expect(reached).toBeGreaterThan(1000);
  });

  it('make the stand-in a reader, who can be told of it', async () => {
    const row = { practice: 'Data & AI', assignedSa: null, salesOwnerEmail: null };
    const readers = async () => (await listReaders(db, row)).map(({ id }) => id);
    expect(await readers()).not.toContain(ada.id);
    await name({ role: 'PRACTICE_HEAD' });
    expect(await readers()).toContain(ada.id);
  });
});

describe('a mandate', () => {
  it('holds from the first minute of its first day to the last of its last, where people work', async () => {
    const [from, to] = ['2026-12-01', '2026-12-04'].map((text) => new Date(text));
    await db.standIn.create({
      data: {
        userId: cast.head.id,
        standInId: ada.id,
        role: 'PRACTICE_HEAD',
        fromDay: from!,
        toDay: to!,
        createdByName: 'Mona',
      },
    });
    for (const [instant, held] of [
      ['2026-11-30T10:59:59Z', []],
      ['2026-11-30T11:00:00Z', ['PRACTICE_HEAD']],
      ['2026-12-04T10:59:59Z', ['PRACTICE_HEAD']],
      ['2026-12-04T11:00:00Z', []],
    ] as const)
      expect([instant, await standsInFor(ada, new Date(instant))]).toEqual([instant, held]);
  });

  it('is void at once when the absent person loses the role, and when the stand-in has none', async () => {
    await name({ role: 'PRACTICE_HEAD' });
    expect(await standsInFor(ada)).toEqual(['PRACTICE_HEAD']);
    const id = await submittedOpportunity(cast);
    const actor = cast.manager;
    await revokeRole({ actor, userId: cast.head.id, role: 'PRACTICE_HEAD' });
    expect(await standsInFor(ada)).toEqual([]);
    expect(await recommendFor(ada, id)).toMatchObject({ ok: false, status: 404 });
    await grantRole({ actor, userId: cast.head.id, role: 'PRACTICE_HEAD' });
    await revokeRole({ actor, userId: ada.id, role: 'SOLUTION_ARCHITECT' });
    expect(await recommendFor(ada, id)).toMatchObject({ ok: false, status: 404 });
    await grantRole({ actor, userId: ada.id, role: 'SALES' });
    expect(await recommendFor(ada, id)).toMatchObject({ ok: true });
  });

  it('ends at once when it is ended', async () => {
    await name({ role: 'PRACTICE_HEAD' });
    const row = await db.standIn.findFirstOrThrow();
    const id = await submittedOpportunity(cast);
    expect(await endStandIn({ actorId: cast.head.id, id: row.id })).toMatchObject({ ok: true });
    expect(await recommendFor(ada, id)).toMatchObject({ ok: false, status: 404 });
    expect(await endStandIn({ actorId: cast.head.id, id: row.id })).toMatchObject({ status: 409 });
  });

  it('is not passed on', async () => {
    const zoe = await createUser(db, { roles: ['SALES'] });
    await name({ role: 'MANAGER', standInId: cast.head.id });
    await name({ role: 'PRACTICE_HEAD', standInId: zoe.id });
    expect(await standsInFor(cast.head)).toEqual(['MANAGER']);
    expect(await standsInFor(zoe)).toEqual(['PRACTICE_HEAD']);
    const further = { actorId: cast.head.id, userId: cast.head.id, standInId: zoe.id };
    expect(await name({ role: 'MANAGER', ...further })).toMatchObject({ reason: 'not-allowed' });
  });

  it('lets nobody grant a role, nor name stand-ins', async () => {
    await name({ role: 'MANAGER' });
    const change = { actor: ada, userId: cast.seller.id, role: 'MANAGER' as const };
    expect(await grantRole(change)).toMatchObject({ ok: false, reason: 'not-allowed' });
    const asked = { role: 'PRACTICE_HEAD' as const, actorId: ada.id, standInId: cast.seller.id };
    expect(await name(asked)).toMatchObject({ ok: false, reason: 'not-allowed', status: 403 });
    const refusal = await db.auditEvent.findFirst({ where: { kind: 'stand_in.refused' } });
    expect(refusal).not.toBeNull();
  });
});

async function recommendFor(person: { id: string }, id: string) {
  const input = { verdict: 'GO' as const, rationale: 'Worth it.' };
  return recommend(await acting(person, id), { assessmentId: await submittedId(id), ...input });
}
async function decideFor(person: { id: string }, id: string) {
  const input = { verdict: 'GO' as const, reason: '', conditions: [] };
  return decide(await acting(person, id), { assessmentId: await submittedId(id), ...input });
}

describe('what is done for somebody', () => {
  it('says so in the recommendation, the decision, the memo, the timeline and the audit', async () => {
    const zoe = await createUser(db, { roles: ['SALES'], name: 'Zoe' });
    await name({ role: 'PRACTICE_HEAD' });
    await name({ role: 'MANAGER', standInId: zoe.id });
    const id = await submittedOpportunity(cast);
    expect(await recommendFor(ada, id)).toMatchObject({ ok: true });
    expect(await decideFor(zoe, id)).toMatchObject({ ok: true });
    const byAda = `Ada [for ${cast.head.name}]`;
    const byZoe = `Zoe [for ${cast.manager.name}]`;
    const decision = await db.decision.findFirstOrThrow({
      where: { opportunityId: BigInt(id) },
      include: { memo: true, recommendation: true },
    });
    expect(decision).toMatchObject({
      decidedById: zoe.id,
      decidedByName: byZoe,
      decidedForId: cast.manager.id,
      recommendation: { recommendedByName: byAda, recommendedForId: cast.head.id },
    });
    const memo = parseMemo(decision.memo?.content ?? '');
    expect(memo?.decision.by).toEqual({ id: zoe.id, name: byZoe });
    expect(memo?.recommendation?.by).toEqual({ id: ada.id, name: byAda });
    const asked = { part: 'qualification', before: null, refusals: false } as const;
    const { entries } = await readTimeline(db, id, asked);
    expect(entries.slice(0, 2)).toMatchObject([{ actor: byZoe }, { actor: byAda }]);
    const events = await db.auditEvent.findMany({
      where: { subjectId: id, actedFor: { not: null } },
      orderBy: { id: 'asc' },
    });
    expect(events).toMatchObject([
      { actorId: ada.id, actedFor: cast.head.id },
      { actorId: zoe.id, actedFor: cast.manager.id },
    ]);
  });

  it('does not say so where the own role was enough', async () => {
    const other = await createUser(db, { roles: ['PRACTICE_HEAD'], practices: ['Data & AI'] });
    await name({ role: 'PRACTICE_HEAD', standInId: other.id });
    const id = await submittedOpportunity(cast);
    await recommendFor(other, id);
    expect(
      await db.recommendation.findFirst({ where: { opportunityId: BigInt(id) } }),
    ).toMatchObject({ recommendedByName: other.name, recommendedForId: null });
  });
});

describe('the duties', () => {
  it('stay apart for whoever assessed', async () => {
    await name({ role: 'PRACTICE_HEAD', standInId: cast.architect.id });
    const id = await submittedOpportunity(cast);
    expect(await recommendFor(cast.architect, id)).toMatchObject({
      ok: false,
      refusal: 'own-assessment',
      status: 403,
    });
    await name({ role: 'MANAGER', standInId: cast.architect.id });
    await recommendFor(cast.head, id);
    expect(await decideFor(cast.architect, id)).toMatchObject({ refusal: 'own-assessment' });
  });

  it('stay apart for whoever recommended, in person or for somebody', async () => {
    await name({ role: 'PRACTICE_HEAD' });
    await name({ role: 'MANAGER' });
    const id = await submittedOpportunity(cast);
    await recommendFor(ada, id);
    expect(await decideFor(ada, id)).toMatchObject({ refusal: 'own-recommendation', status: 403 });
    await grantRole({ actor: cast.manager, userId: cast.head.id, role: 'MANAGER' });
    expect(await decideFor(cast.head, id)).toMatchObject({ refusal: 'own-recommendation' });
    expect(await decideFor(cast.manager, id)).toMatchObject({ ok: true });
  });

  it('are not got round by a stand-in for the manager who recommended', async () => {
    await grantRole({ actor: cast.manager, userId: cast.head.id, role: 'MANAGER' });
    const id = await recommendedOpportunity(cast);
    await name({ role: 'MANAGER', userId: cast.head.id });
    expect(await decideFor(ada, id)).toMatchObject({ refusal: 'absent-recommendation' });
    const refused = await db.auditEvent.findFirst({
      where: { kind: 'opportunity.refused', subjectId: id },
    });
    expect(refused).toMatchObject({ actorId: ada.id, data: { refusal: 'absent-recommendation' } });
  });
});

describe('notices', () => {
  const titlesOf = async (person: { id: string }) =>
    (await db.notification.findMany({ where: { userId: person.id } })).map(({ topic }) => topic);

  it('of work for the absent person go to the stand-in too, and the clock names them', async () => {
    const zoe = await createUser(db, { roles: ['SALES'], name: 'Zoe' });
    await name({ role: 'PRACTICE_HEAD' });
    await name({ role: 'MANAGER', standInId: zoe.id });
    const id = await recommendedOpportunity(cast);
    expect(await titlesOf(ada)).toEqual(['submission']);
    expect(await titlesOf(zoe)).toEqual(['recommendation']);
    const holders = await readHolders(db);
    const row = { status: 'RECOMMENDED' as const, practice: null, architect: null };
    expect(holderOf(holders, row)).toContain(`${cast.manager.name} (Zoe stands in)`);
    await tellClocks(new Date(Date.now() + 30 * 86_400_000));
    expect(await titlesOf(zoe)).toContain('clock');
    expect(id).toBeTruthy();
  });

  it('go to nobody any more when it is over', async () => {
    await name({ role: 'PRACTICE_HEAD', from: day(1) });
    await submittedOpportunity(cast);
    expect(await titlesOf(ada)).toEqual([]);
  });
});
