import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsFollowed } from '#app/domain/followed-conditions.ts';
import { closedCrmStatuses, workflowStatuses } from '#app/domain/workflow.ts';
import { db } from '#app/lib/db.server.ts';
import { followed } from '#app/models/condition.server.ts';
import { listOpenConditions } from '#app/models/decision-list.server.ts';
import { readQualificationView } from '#app/models/qualification-view.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { readOutcomes } from '#app/models/worklist-outcomes.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { meetCondition } from '#app/services/meet-condition.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  type Cast,
} from './qualification-setup.ts';

const today = '2099-03-01';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

/** A conditional GO whose one condition is late, as the CRM has closed it since. */
async function conditionalGo(crmStatus: (typeof closedCrmStatuses)[number]): Promise<string> {
  const id = await recommendedOpportunity(cast);
  await decide(await acting(cast.manager, id), {
    assessmentId: await submittedId(id),
    verdict: 'CONDITIONAL_GO',
    reason: 'With a team.',
    conditions: [{ condition: `A team where it is ${crmStatus}`, due: '2099-01-31' }],
  });
  const closed = { workflowStatus: 'CLOSED_IN_CRM', statusBeforeClose: 'CONDITIONAL_GO' } as const;
  await db.opportunity.update({ where: { id: BigInt(id) }, data: { ...closed, crmStatus } });
  return id;
}

async function conditionOf(opportunityId: string): Promise<string> {
  const where = { decision: { opportunityId: BigInt(opportunityId) } };
  return String((await db.decisionCondition.findFirstOrThrow({ where })).id);
}

async function seenBy(person: { id: string }, opportunityId: string) {
  const viewer = await findViewer(db, person.id);
  const view = viewer && (await readQualificationView(db, viewer, { opportunityId, today }));
  return { mayMeet: view?.mayMeet, state: view?.decision?.conditions[0]?.state };
}

const meet = async (opportunityId: string) =>
  meetCondition(
    { actorId: cast.manager.id, opportunityId },
    { conditionId: await conditionOf(opportunityId), note: 'The team is named.' },
  );
const listed = async () =>
  (await listOpenConditions(db, { limit: 100 })).rows.map(({ condition }) => condition);

describe('which conditions are followed up', () => {
  it('is in SQL what the domain says', async () => {
    for (const workflowStatus of workflowStatuses) {
      const closed = workflowStatus === 'CLOSED_IN_CRM';
      for (const beforeClose of closed
        ? workflowStatuses.filter((each) => each !== workflowStatus)
        : [null]) {
        for (const crmStatus of closed ? closedCrmStatuses : ['OPEN', null]) {
          const place = { workflowStatus, statusBeforeClose: beforeClose, crmStatus };
          const held = [workflowStatus, beforeClose].includes('ON_HOLD');
          const statusBeforeHold = held ? 'NEW' : null;
          const { id } = await createOpportunity(db, { ...place, statusBeforeHold });
          const [row] = await db.$queryRaw<{ followed: boolean }[]>`
            SELECT ${followed} AS followed FROM opportunities o WHERE o.id = ${BigInt(id)}`;
          const due = conditionsFollowed({ status: workflowStatus, beforeClose }, crmStatus);
          expect({ ...place, ...row }).toEqual({ ...place, followed: due });
        }
      }
    }
  });
});

describe('the conditions of a deal that the CRM has closed', () => {
  it('stay to be met where it was won', async () => {
    const id = await conditionalGo('WON');
    expect(await listed()).toContain('A team where it is WON');
    expect((await readOutcomes(db, today)).conditions).toEqual({ open: 1, due: 0, overdue: 1 });
    expect(await seenBy(cast.manager, id)).toEqual({ mayMeet: true, state: 'overdue' });
    expect(await seenBy(cast.head, id)).toEqual({ mayMeet: false, state: 'overdue' });
    expect(await meet(id)).toMatchObject({ ok: true });
    expect(await listed()).toEqual([]);
    expect(await seenBy(cast.manager, id)).toMatchObject({ state: 'met' });
  });

  it.each(['LOST', 'NO_SALE'] as const)('lapse where it is %s', async (crmStatus) => {
    const id = await conditionalGo(crmStatus);
    expect(await listed()).toEqual([]);
    expect((await readOutcomes(db, today)).conditions).toEqual({ open: 0, due: 0, overdue: 0 });
    expect(await seenBy(cast.manager, id)).toEqual({ mayMeet: false, state: 'lapsed' });
    expect(await meet(id)).toMatchObject({ ok: false, status: 409 });
  });
});
