import { sign } from '#app/domain/mandate.ts';
import { inScope, mandateFor, scopeOf } from '#app/domain/permissions.ts';
import type { ConditionForm } from '#app/domain/condition-form.ts';
import { conditionsFollowed } from '#app/domain/followed-conditions.ts';
import { noSuchOpportunity } from '#app/domain/refusal-words.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findCondition, markMet } from '#app/models/condition.server.ts';
import { enterOpportunity, type ActingOn } from './enter-opportunity.server.ts';
import { auditRefusal } from './refuse.server.ts';

export type ConditionOutcome =
  { ok: true; message: string } | { ok: false; status: 403 | 404 | 409; message: string };

/** Notes that a condition of a decision is met. That cannot be taken back, only decided on anew. */
export function meetCondition(by: ActingOn, form: ConditionForm): Promise<ConditionOutcome> {
  return db.$transaction(async (tx) => {
    const entered = await enterOpportunity(tx, by, 'read:opportunity');
    if (!entered) return refuse(404, noSuchOpportunity);
    const { viewer, opportunity } = entered;
    if (!inScope(scopeOf(viewer, 'decide:opportunity'), opportunity)) {
      const attempt = { acting: by, viewer, opportunity, intent: 'decide' as const };
      await auditRefusal(tx, { ...attempt, refusal: 'not-allowed' });
      return refuse(403, 'Your roles do not let you say that a condition is met.');
    }
    const condition = await findCondition(tx, opportunity.id, form.conditionId);
    if (!condition) return refuse(404, 'There is no such condition on this opportunity.');
    if (condition.met) {
      return refuse(409, `${condition.met.by} noted already that this condition is met.`);
    }
    if (!condition.standing || !conditionsFollowed(opportunity, opportunity.crmStatus)) {
      return refuse(409, 'The decision this condition belongs to does not stand any more.');
    }
    const actor = sign(viewer, mandateFor(viewer, 'decide:opportunity', opportunity));
    await markMet(tx, form.conditionId, actor, form.note);
    await recordEvent(tx, {
      kind: 'opportunity.condition_met',
      actor,
      subject: { type: 'opportunity', id: opportunity.id, name: opportunity.name },
      data: { condition: condition.text, note: form.note },
      requestId: by.requestId,
    });
    return { ok: true, message: 'The condition is met.' };
  });
}

function refuse(status: 403 | 404 | 409, message: string): ConditionOutcome {
  return { ok: false, status, message };
}
