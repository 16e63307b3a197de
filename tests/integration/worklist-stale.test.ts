import { describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { listRunOutHolds, listStaleDecisions } from '#app/models/worklist-stale.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { acting, createCast, recommendedOpportunity, submittedId } from './qualification-setup.ts';

describe('a manager', () => {
  it('sees which decisions the CRM has moved under, and which holds have run out', async () => {
    const cast = await createCast();
    const id = await recommendedOpportunity(cast);
    const assessmentId = await submittedId(id);
    await decide(await acting(cast.manager, id), {
      assessmentId,
      verdict: 'GO',
      reason: '',
      conditions: [],
    });
    await db.staleMark.create({
      data: {
        assessmentId: BigInt(assessmentId),
        opportunityId: BigInt(id),
        field: 'stage',
        before: 'Propose',
        after: 'Negotiate',
      },
    });
    expect((await listStaleDecisions(db, 20)).rows.map((row) => row.id)).toEqual([id]);
    const held = await createOpportunity(db, {
      workflowStatus: 'ON_HOLD',
      statusBeforeHold: 'NEW',
      holdReason: 'Budget.',
      holdUntil: new Date('2026-01-31'),
    });
    const { today } = await readAt(db);
    const holds = await listRunOutHolds(db, { today, limit: 20 });
    expect(holds.rows).toMatchObject([{ id: held.id, until: '2026-01-31', reason: 'Budget.' }]);
    expect((await listRunOutHolds(db, { today: '2026-01-30', limit: 20 })).total).toBe(0);
  });
});
