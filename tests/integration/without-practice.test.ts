import { beforeAll, describe, expect, it } from 'vitest';
import { scopeOf } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { holderOf, readHolders } from '#app/models/holder.server.ts';
import { peopleOf } from '#app/models/notification.server.ts';
import { countOpenWork, readOpenWork } from '#app/models/open-work.server.ts';
import { readOpportunityAccess } from '#app/models/opportunity-access.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { readHeadWork } from '#app/models/worklist.server.ts';
import { listReviews } from '#app/models/worklist-reviews.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { grantRole } from '#app/services/grant-role.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import {
  acting,
  createCast,
  stand,
  submittedId,
  submittedOpportunity,
  submitOpen,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
let others: Cast;
beforeAll(async () => {
  cast = await createCast();
  others = await createCast('Cloud');
});

const submitted = () => submittedOpportunity(cast, completeSheet(), { practice: null });
async function viewerOf(person: { id: string }) {
  const viewer = await findViewer(db, person.id);
  if (!viewer) throw new Error('There is no such person.');
  return viewer;
}
async function reviewsOf(person: { id: string }) {
  const viewer = await viewerOf(person);
  const scope = scopeOf(viewer, 'recommend:opportunity');
  if (!scope) throw new Error('They recommend nowhere.');
  return listReviews(db, viewer, scope, { limit: 99, at: await readAt(db) });
}
async function recommending(person: { id: string }, id: string) {
  const assessmentId = await submittedId(id);
  return recommend(await acting(person, id), {
    assessmentId,
    verdict: 'GO',
    rationale: 'Worth the effort.',
  });
}

describe('an opportunity without a practice', () => {
  it('is in the lists of every practice head, and any of them recommends or returns it', async () => {
    const id = await submitted();
    for (const head of [cast.head, others.head]) {
      const viewer = await viewerOf(head);
      expect((await reviewsOf(head)).rows).toMatchObject([{ id, obstacle: null }]);
      const work = await readHeadWork(db, viewer, viewer, await readAt(db));
      expect(work.reviews.rows).toMatchObject([{ id }]);
    }
    const reason = 'Look at the risks again.';
    const assessmentId = await submittedId(id);
    const returned = await returnAssessment(await acting(others.head, id), {
      assessmentId,
      reason,
    });
    expect(returned).toMatchObject({ ok: true });
    await submitOpen(cast.architect, id, completeSheet(8));
    expect(await recommending(cast.head, id)).toMatchObject({ ok: true });
    expect((await stand(id)).opportunity.status).toBe('RECOMMENDED');
    expect((await reviewsOf(others.head)).total).toBe(0);
  });

  it('is held by exactly those who can recommend it, who are the ones told', async () => {
    const id = await submitted();
    const about = { opportunityId: id, practice: null, assignedSa: cast.architect.id };
    const told = await peopleOf(db, 'practice-heads', about);
    const access = await readOpportunityAccess(db, id);
    const may = access?.permissions.find((each) => each.permission === 'recommend:opportunity');
    expect(may?.people.map((person) => person.id).sort()).toEqual([...told].sort());
    expect([...told].sort()).toEqual([cast.head.id, others.head.id].sort());
    const row = { status: 'SUBMITTED' as const, practice: null, architect: null };
    const names = holderOf(await readHolders(db), row).split(', ');
    expect(names.sort()).toEqual((may?.people ?? []).map(({ name }) => name).sort());
    const notices = await db.notification.findMany({ where: { opportunityId: BigInt(id) } });
    const heads = notices.filter(({ topic }) => topic === 'submission');
    expect(heads.map(({ userId }) => userId).sort()).toEqual([...told].sort());
    await recommending(cast.head, id);
  });

  it('is recommended on by a stand-in for a head, and by nobody who assessed it', async () => {
    const [one, other] = [await submitted(), await submitted()];
    const standIn = await createUser(db, { roles: ['SALES'] });
    const { today } = await readAt(db);
    await db.standIn.create({
      data: {
        userId: others.head.id,
        role: 'PRACTICE_HEAD',
        standInId: standIn.id,
        fromDay: new Date(today),
        toDay: new Date(today),
        createdByName: 'Mona',
      },
    });
    expect(await recommending(standIn, one)).toMatchObject({ ok: true });
    await grantRole({ actor: cast.manager, userId: cast.architect.id, role: 'PRACTICE_HEAD' });
    const { rows } = await reviewsOf(cast.architect);
    expect(rows).toMatchObject([{ id: other, obstacle: expect.stringMatching(/^This is your/) }]);
    expect(await recommending(cast.architect, other)).toMatchObject({ ok: false });
    await db.userRole.deleteMany({ where: { userId: cast.architect.id, role: 'PRACTICE_HEAD' } });
  });

  it('is assigned anew by another head where it was returned', async () => {
    const id = await submitted();
    const assessmentId = await submittedId(id);
    await returnAssessment(await acting(cast.head, id), { assessmentId, reason: 'Once more.' });
    const outcome = await assignOpportunity(await acting(others.head, id), others.architect.id);
    expect(outcome).toMatchObject({ ok: true });
  });

  it('is open work of the last practice head who leaves, and of nobody before', async () => {
    await submitted();
    const waiting = await db.opportunity.count({
      where: { practice: null, workflowStatus: 'SUBMITTED' },
    });
    expect((await readOpenWork(db, cast.head.id)).withoutPractice).toBe(0);
    await db.user.update({ where: { id: others.head.id }, data: { deactivatedAt: new Date() } });
    const work = await readOpenWork(db, cast.head.id);
    expect(work.withoutPractice).toBe(waiting);
    expect(await countOpenWork(db, cast.head.id)).toBe(work.practices.length + waiting);
    expect((await readOpenWork(db, cast.architect.id)).withoutPractice).toBe(0);
  });
});
