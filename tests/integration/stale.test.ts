import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { movedFields, type Basis } from '#app/domain/staleness.ts';
import { db } from '#app/lib/db.server.ts';
import { markStale } from '#app/models/stale-mark.server.ts';
import { confirmAssessment } from '#app/services/confirm-assessment.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { renewAssessment } from '#app/services/renew-assessment.server.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  stand,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
let runId: string;
beforeAll(async () => {
  cast = await createCast();
  const run = await db.syncLog.create({
    data: { syncType: 'FULL', status: 'SUCCESS', trigger: 'COMMAND' },
  });
  runId = String(run.id);
});

const mark = (ids: string[]) =>
  markStale((text, values) => db.$queryRawUnsafe(text, ...values), ids, runId);

/** Changes the CRM's columns as the sync would, and lets it look for what went stale. */
async function crmSays(id: string, { closeDate, gone, ...now }: Partial<Basis>) {
  await db.opportunity.update({
    where: { id: BigInt(id) },
    data: {
      ...now,
      ...(closeDate !== undefined && { closeDate: closeDate && new Date(closeDate) }),
      ...(gone !== undefined && { goneSince: gone ? new Date() : null }),
    },
  });
  return mark([id]);
}

const staleFieldsOf = async (id: string) => (await stand(id)).stale.map(({ field }) => field);

describe('an assessment goes stale', () => {
  it('when the CRM moves far enough, with before and after, and the architect is told', async () => {
    const id = await submittedOpportunity(cast);
    await crmSays(id, { dealValue: '1300000', closeDate: '2027-04-14' });
    expect(await staleFieldsOf(id)).toEqual([]);
    await crmSays(id, { dealValue: '400000', closeDate: '2027-04-15' });
    const { stale } = await stand(id);
    expect(stale).toMatchObject([
      { field: 'deal_value', before: '1250000.50', after: '400000' },
      { field: 'close_date', before: '2027-03-31', after: '2027-04-15' },
    ]);
    const told = await db.notification.findMany({
      where: { opportunityId: BigInt(id), topic: 'stale' },
    });
    expect(told.map(({ userId }) => userId)).toEqual([cast.architect.id]);
  });

  it('by small steps too, since it rests on what was submitted', async () => {
    const id = await submittedOpportunity(cast);
    await crmSays(id, { dealValue: '1330000' });
    await crmSays(id, { dealValue: '1400000' });
    expect(await staleFieldsOf(id)).toEqual(['deal_value']);
  });

  it('no longer when the CRM goes back, and nobody is told twice', async () => {
    const id = await submittedOpportunity(cast);
    await crmSays(id, { stage: 'Negotiate' });
    expect(await crmSays(id, { stage: 'Contract' })).toBe(0);
    expect((await stand(id)).stale).toMatchObject([{ before: 'Propose', after: 'Contract' }]);
    await crmSays(id, { stage: 'Propose' });
    expect(await staleFieldsOf(id)).toEqual([]);
  });

  it('and the managers are warned where it is decided', async () => {
    const id = await recommendedOpportunity(cast);
    const assessmentId = await submittedId(id);
    await decide(await acting(cast.manager, id), {
      assessmentId,
      verdict: 'GO',
      reason: '',
      conditions: [],
    });
    await crmSays(id, { dealValue: null });
    const told = await db.notification.findMany({
      where: { opportunityId: BigInt(id), topic: 'stale' },
    });
    expect(told.map(({ userId }) => userId)).toEqual([cast.manager.id]);
    const outcome = await confirmAssessment(await acting(cast.manager, id), assessmentId);
    expect(outcome).toMatchObject({ ok: true, to: 'GO' });
    expect(await staleFieldsOf(id)).toEqual([]);
  });
});

describe('the architect', () => {
  it('says it still holds: it rests on the new value from then on', async () => {
    const id = await submittedOpportunity(cast);
    await crmSays(id, { dealValue: '2000000' });
    const assessmentId = await submittedId(id);
    await confirmAssessment(await acting(cast.architect, id), assessmentId);
    expect(await crmSays(id, { dealValue: '2100000' })).toBe(0);
    expect(await staleFieldsOf(id)).toEqual([]);
    expect(await crmSays(id, { dealValue: '1250000.50' })).toBe(1);
  });

  it('or begins the next version, which nothing is stale about', async () => {
    const id = await submittedOpportunity(cast);
    await crmSays(id, { gone: false, crmStatus: 'OPEN_LATE' });
    const outcome = await renewAssessment(await acting(cast.architect, id), await submittedId(id));
    expect(outcome).toMatchObject({ ok: true, to: 'IN_ASSESSMENT', version: 2 });
    expect(await staleFieldsOf(id)).toEqual([]);
    expect(await crmSays(id, { stage: 'Contract' })).toBe(0);
  });

  it('cannot do either while nothing has moved', async () => {
    const id = await submittedOpportunity(cast);
    const assessmentId = await submittedId(id);
    const outcome = await confirmAssessment(await acting(cast.architect, id), assessmentId);
    expect(outcome).toMatchObject({ ok: false, refusal: 'stale', status: 409 });
  });
});

it('the rule in SQL and the rule in the domain are one', async () => {
  const id = await submittedOpportunity(cast);
  const assessmentId = BigInt(await submittedId(id));
  const money = fc.option(
    fc.oneof(
      fc.integer({ min: -200, max: 200 }).map((step) => String(1000 + step)),
      fc.constantFrom('0', '900.00', '1100', '1100.01', '899.9999', '123456789012345678901.5'),
    ),
  );
  const day = fc.option(
    fc.integer({ min: -20, max: 20 }).map((days) => {
      return new Date(Date.UTC(2027, 2, 31) + days * 86_400_000).toISOString().slice(0, 10);
    }),
  );
  const word = fc.option(fc.constantFrom('A', 'B'));
  const basis: fc.Arbitrary<Basis> = fc.record({
    dealValue: money,
    currency: word,
    closeDate: day,
    stage: word,
    crmStatus: word,
    gone: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(basis, basis, async (before, now) => {
      await db.staleMark.deleteMany({ where: { assessmentId } });
      const { closeDate, ...rest } = before;
      await db.assessmentBasis.update({
        where: { assessmentId },
        data: { ...rest, closeDate: closeDate && new Date(closeDate) },
      });
      await crmSays(id, now);
      const marked = await staleFieldsOf(id);
      expect([...marked].sort()).toEqual([...movedFields(before, now)].sort());
    }),
    { numRuns: 150 },
  );
});
