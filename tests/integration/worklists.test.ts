import { beforeAll, describe, expect, it } from 'vitest';
import { scopeOf } from '#app/domain/permissions.ts';
import { takesFastTrack } from '#app/domain/scoring.ts';
import { standingOf } from '#app/domain/scoring.ts';
import { ratingsOf } from '#app/domain/assessment.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { listArchitectLoads } from '#app/models/architect-load.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { listOpenConditions } from '#app/models/decision-list.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { listReturned, listSheets } from '#app/models/worklist-architect.server.ts';
import { listStale } from '#app/models/worklist-stale.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { readOutcomes, readPipeline } from '#app/models/worklist-outcomes.server.ts';
import { listReviews } from '#app/models/worklist-reviews.server.ts';
import {
  listDecidedOfSales,
  listMissingFromSales,
  listOwn,
} from '#app/models/worklist-sales.server.ts';
import { listUnassigned } from '#app/models/worklist-unassigned.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { meetCondition } from '#app/services/meet-condition.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  stand,
  submitOpen,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
let others: Cast;
const limit = 100;
beforeAll(async () => {
  cast = await createCast();
  others = await createCast('Cloud');
});

const at = () => readAt(db);
const ids = (list: { rows: { id: string }[] }) => list.rows.map(({ id }) => id);
async function viewerOf(person: { id: string }): Promise<Viewer> {
  const viewer = await findViewer(db, person.id);
  if (!viewer) throw new Error('There is no such person.');
  return viewer;
}
async function scope(person: { id: string }, permission: Parameters<typeof scopeOf>[1]) {
  const found = scopeOf(await viewerOf(person), permission);
  if (!found) throw new Error(`They do not hold ${permission}.`);
  return found;
}
const reviewsOf = async (person: { id: string }) =>
  listReviews(db, await viewerOf(person), await scope(person, 'recommend:opportunity'), {
    ...{ limit, at: await at() },
  });

describe('what waits for a manager', () => {
  it('is what is recommended, the oldest first, with what each verdict goes against', async () => {
    const first = await recommendedOpportunity(cast);
    const second = await recommendedOpportunity(cast, completeSheet(3, { LEGAL: 1 }));
    await submittedOpportunity(cast);
    const list = await listWaiting(db, await viewerOf(cast.manager), { limit, at: await at() });
    expect(ids(list)).toEqual([first, second]);
    expect(list.total).toBe(2);
    expect(
      (await listWaiting(db, await viewerOf(cast.manager), { limit: 1, at: await at() })).total,
    ).toBe(2);
    const [good, bad] = list.rows;
    expect(good).toMatchObject({
      recommendation: 'GO',
      rationale: 'Worth the effort.',
      score: 700,
    });
    expect(good?.overrides).toEqual({
      GO: [],
      NO_GO: ['band', 'recommendation'],
      CONDITIONAL_GO: ['recommendation'],
    });
    expect(bad?.knockOuts).toHaveLength(1);
    expect(bad?.overrides.GO).toContain('knock-out');
    expect(list.rows.map(({ obstacle }) => obstacle)).toEqual([null, null]);
  });

  it('is also what takes the fast track, exactly as the rule has it', async () => {
    const published = await db.scorecard.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
    const fast = { enabled: true, from: 700, under: { EUR: '500000', USD: '10' } };
    const definition = { ...defaultScorecard, fastTrack: fast };
    await db.scorecard.update({ where: { id: published.id }, data: { status: 'RETIRED' } });
    const { id: scorecardId } = await db.scorecard.create({
      data: { name: 'Fast', status: 'PUBLISHED', definition, createdByName: 'Test' },
    });
    const cases = [
      { dealValue: '499999.99', currency: 'EUR', sheet: completeSheet(8) },
      { dealValue: '500000', currency: 'EUR', sheet: completeSheet(8) },
      { dealValue: null, currency: 'EUR', sheet: completeSheet(8) },
      { dealValue: '5', currency: null, sheet: completeSheet(8) },
      { dealValue: '5', currency: 'GBP', sheet: completeSheet(8) },
      { dealValue: '5', currency: 'EUR', sheet: completeSheet(6) },
      { dealValue: '5', currency: 'EUR', sheet: completeSheet(10, { LEGAL: 1 }) },
    ];
    const expected: string[] = [];
    for (const { sheet, ...values } of cases) {
      const id = await submittedOpportunity(cast, sheet);
      await db.opportunity.update({ where: { id: BigInt(id) }, data: values });
      const standing = standingOf(definition, ratingsOf(sheet.answers));
      if (takesFastTrack(definition, standing, values)) expected.push(id);
    }
    expect(expected).toHaveLength(1);
    const list = await listWaiting(db, await viewerOf(cast.manager), { limit, at: await at() });
    expect(ids(list).filter((id) => !expected.includes(id))).toHaveLength(2);
    expect(list.rows.at(-1)).toMatchObject({ id: expected[0], recommendation: null });
    await db.scorecard.update({ where: { id: scorecardId }, data: { status: 'RETIRED' } });
    await db.$executeRaw`UPDATE scorecards SET status = 'PUBLISHED' WHERE id = ${published.id}`;
  });
});

describe('what waits for a practice head', () => {
  it('is what is submitted in their own practices, and nothing of another', async () => {
    const mine = await submittedOpportunity(cast);
    const list = await reviewsOf(cast.head);
    expect(ids(list)).toContain(mine);
    expect(list.total).toBe(list.rows.length);
    expect(list.rows.every(({ practice }) => practice === 'Data & AI')).toBe(true);
    expect((await reviewsOf(others.head)).total).toBe(0);
  });

  it('says what moved since the version before', async () => {
    const id = await submittedOpportunity(cast);
    const assessmentId = await submittedId(id);
    await returnAssessment(await acting(cast.head, id), { assessmentId, reason: 'Too rosy.' });
    await submitOpen(cast.architect, id, completeSheet(7, { STRAT: 3 }));
    const list = await reviewsOf(cast.head);
    const row = list.rows.find((each) => each.id === id);
    expect(row?.gap).toBe('Moved since the last version: Strategic fit 3.5 → 1.5');
    expect(row?.version).toBe(2);
  });

  it('is what has no architect, the first to close first, not what is gone or of others', async () => {
    const late = await createOpportunity(db, { closeDate: new Date('2029-01-01') });
    const soon = await createOpportunity(db, { closeDate: new Date('2028-01-01') });
    const never = await createOpportunity(db, { closeDate: null });
    const unset = await createOpportunity(db, {
      practice: null,
      closeDate: new Date('2030-01-01'),
    });
    await createOpportunity(db, { goneSince: new Date() });
    await createOpportunity(db, { practice: 'Cloud' });
    const reach = await scope(cast.head, 'assign:opportunity');
    const list = await listUnassigned(db, reach, { limit, at: await at() });
    expect(ids(list)).toEqual([soon.id, late.id, unset.id, never.id]);
    expect(list.rows[0]?.clock?.level).toBe('on-time');
  });

  it('shows what each architect has to do', async () => {
    const architect = await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Load'] });
    for (const closeDate of [new Date(), new Date('2099-01-01')]) {
      await createOpportunity(db, {
        ...{ closeDate, assignedSa: architect.id, workflowStatus: 'ASSIGNED' },
      });
    }
    const { today } = await at();
    const loads = await listArchitectLoads(db, { practices: ['Load'], today });
    expect(loads).toEqual([{ ...architect, awaited: false, open: 2, due: 1 }]);
    const everywhere = await listArchitectLoads(db, { practices: null, today });
    expect(everywhere.map(({ id }) => id)).toContain(others.architect.id);
  });
});

describe('what waits for an architect', () => {
  it('is assigned and not submitted, with how far it is filled in', async () => {
    const architect = await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Cloud'] });
    const { id } = await createOpportunity(db, { practice: 'Cloud' });
    await assignOpportunity(await acting(others.head, id), architect.id);
    const asked = { userId: architect.id, limit };
    const [before] = (await listSheets(db, { ...asked, at: await at() })).rows;
    expect(before).toMatchObject({ id, criteria: null, answered: 0 });
    await startAssessment(await acting(architect, id));
    const { draft } = await stand(id);
    await db.assessmentRating.updateMany({
      where: { assessmentId: BigInt(draft?.id ?? 0), criterion: { in: ['STRAT', 'WIN'] } },
      data: { halfSteps: 5 },
    });
    const [begun] = (await listSheets(db, { ...asked, at: await at() })).rows;
    expect(begun).toMatchObject({ id, criteria: 9, answered: 2, status: 'IN_ASSESSMENT' });
  });

  it('is what the CRM moved away from, and what came back with its reason', async () => {
    const id = await submittedOpportunity(cast);
    const assessmentId = await submittedId(id);
    await db.staleMark.create({
      data: {
        ...{ assessmentId: BigInt(assessmentId), opportunityId: BigInt(id) },
        ...{ field: 'deal_value', before: '1200000', after: '400000' },
      },
    });
    const asked = { userId: cast.architect.id, limit };
    expect((await listStale(db, asked)).rows).toMatchObject([
      { id, assessmentId, marks: [{ field: 'deal_value', before: '1200000', after: '400000' }] },
    ]);
    await returnAssessment(await acting(cast.head, id), { assessmentId, reason: 'Look again.' });
    expect((await listStale(db, asked)).total).toBe(0);
    expect((await listReturned(db, asked)).rows).toMatchObject([
      { id, reason: 'Look again.', by: cast.head.name, version: 1 },
    ]);
  });
});

describe('what a seller sees', () => {
  it('is where their own stand, who holds them, what is missing and what was decided', async () => {
    const email = 'Seller-of-lists@example.test';
    const own = { salesOwnerEmail: email.toLowerCase() };
    const { id: fresh } = await createOpportunity(db, { ...own, dealValue: null, currency: null });
    const decided = await recommendedOpportunity(cast);
    await db.opportunity.update({ where: { id: BigInt(decided) }, data: own });
    const assessmentId = await submittedId(decided);
    await decide(await acting(cast.manager, decided), {
      ...{ assessmentId, verdict: 'CONDITIONAL_GO', reason: 'If legal agrees.' },
      conditions: [{ condition: 'Legal agrees', due: '2027-02-01' }],
    });
    const asked = { email, limit };
    const mine = await listOwn(db, { ...asked, at: await at() });
    expect(mine.rows).toMatchObject([
      { id: fresh, holder: cast.head.name, next: 'assign an architect' },
    ]);
    expect((await listMissingFromSales(db, asked)).rows).toMatchObject([
      { id: fresh, fields: ['amount', 'currency', 'win probability'], noEvidence: false },
    ]);
    expect((await listDecidedOfSales(db, asked)).rows).toMatchObject([
      {
        ...{ id: decided, verdict: 'CONDITIONAL_GO', reason: 'If legal agrees.' },
        conditions: [{ condition: 'Legal agrees', due: '2027-02-01', met: false }],
      },
    ]);
  });
});

describe('the conditions of a decision', () => {
  it('are followed up until they are met, once, on the record', async () => {
    const { rows, total } = await listOpenConditions(db, { limit });
    expect(total).toBe(rows.length);
    const row = rows.find(({ condition }) => condition === 'Legal agrees');
    const { id: opportunityId = '0', conditionId = '0' } = row ?? {};
    const meet = (person: { id: string }) =>
      meetCondition(
        { actorId: person.id, opportunityId },
        { conditionId, note: 'Signed on paper.' },
      );
    expect(await meet(cast.head)).toMatchObject({ ok: false, status: 403 });
    const both = await Promise.all([meet(cast.manager), meet(others.manager)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await listOpenConditions(db, { limit })).total).toBe(total - 1);
    const events = await db.auditEvent.findMany({ where: { kind: 'opportunity.condition_met' } });
    expect(events).toHaveLength(1);
    expect(events[0]?.data).toEqual({ condition: 'Legal agrees', note: 'Signed on paper.' });
    const outcomes = await readOutcomes(db, (await at()).today);
    expect(outcomes).toMatchObject({ bids: 1, noBids: 0, won: 0, conditions: { open: total - 1 } });
  });
});

describe('the pipeline', () => {
  it('is summed by currency and weighted, with what has no amount counted apart', async () => {
    await db.opportunity.updateMany({ data: { goneSince: new Date() } });
    for (const draft of [
      { dealValue: '1000.10', currency: 'EUR', winProbability: 50 },
      { dealValue: '2000', currency: 'EUR', winProbability: null },
      { dealValue: '300', currency: 'USD', winProbability: 10 },
      { dealValue: null, currency: 'USD', winProbability: 90 },
    ]) {
      await createOpportunity(db, draft);
    }
    expect(await readPipeline(db)).toEqual([
      {
        ...{ currency: 'EUR', count: 2, withoutAmount: 0, withoutProbability: 1 },
        ...{ amount: '3000.10', weighted: '500.05' },
      },
      {
        ...{ currency: 'USD', count: 2, withoutAmount: 1, withoutProbability: 0 },
        ...{ amount: '300', weighted: '30' },
      },
    ]);
  });
});
