import { freezeMemo } from '#app/models/memo.server.ts';
import { qualify, type Acting } from './qualify.server.ts';

/** Says NO-GO to an opportunity before anybody assesses it. */
export function decline(acting: Acting, reason: string) {
  return qualify(acting, { intent: 'decline' }, async (qualifying) => {
    const { tx, viewer, mandate, opportunity, to } = qualifying;
    const decision = await tx.decision.create({
      data: {
        opportunityId: BigInt(opportunity.id),
        verdict: 'NO_GO',
        reason,
        decidedById: viewer.id,
        decidedByName: viewer.name,
        decidedForId: mandate?.absent.id,
      },
      select: { id: true },
    });
    const decisionId = String(decision.id);
    const memo = await freezeMemo(tx, decisionId);
    return {
      columns: { managementDecision: 'NO_GO' },
      event: {
        kind: 'opportunity.declined',
        data: { from: opportunity.status, to, reason, decisionId, memo },
      },
      message: 'Declined: NO-GO before assessment.',
      notice: {
        title: `${viewer.name} declined “${opportunity.name ?? 'an opportunity'}”`,
        body: reason,
      },
      result: { decisionId },
    };
  });
}
