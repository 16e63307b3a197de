import type { Treatment } from '#app/domain/mapping-rule.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { withdrawRule } from '#app/models/mapping-rule.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { notAllowed, refuse, type Refused } from './quarantine-outcome.server.ts';

/** Ends a rule from the next run on. What was written under it stays until the CRM sends it again. */
export function withdrawMappingRule(input: {
  actor: { id: string; name: string };
  ruleId: string;
  requestId?: string;
}): Promise<{ ok: true; field: string; treatment: Treatment } | Refused> {
  const { actor, ruleId, requestId } = input;
  return db.$transaction(async (tx) => {
    if (!(await stillHolds(tx, actor.id, 'manage:quarantine'))) return notAllowed;
    const rule = await withdrawRule(tx, BigInt(ruleId), actor.name);
    if (!rule) return refuse(409, 'This rule is not in force any more: somebody withdrew it.');
    const { field, cause, treatment } = rule;
    await recordEvent(tx, {
      kind: 'mapping_rule.withdrawn',
      actor,
      subject: { type: 'mapping_rule', id: ruleId, name: field },
      data: { field, cause },
      requestId,
    });
    return { ok: true, field, treatment };
  });
}
