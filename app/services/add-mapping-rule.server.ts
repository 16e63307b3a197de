import { treatmentsFor, whyNoRule, type MappingRule } from '#app/domain/mapping-rule.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { listAttributeNames } from '#app/models/mapping-rule.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { notAllowed, refuse, type Refused } from './quarantine-outcome.server.ts';

export interface NewRule extends Omit<MappingRule, 'cause' | 'field'> {
  actor: { id: string; name: string };
  cause: string;
  field: string | null;
  reason: string;
  requestId?: string;
}

/** Says how a field is read from the next run on where it could not be. One rule a field and cause. */
export function addMappingRule(rule: NewRule): Promise<{ ok: true; id: string } | Refused> {
  const { actor, cause, field, treatment, source, reason, requestId } = rule;
  return db.$transaction(async (tx) => {
    if (!(await stillHolds(tx, actor.id, 'manage:quarantine'))) return notAllowed;
    if (field === null || !treatmentsFor(cause, field).includes(treatment)) {
      const words = whyNoRule(cause, field) ?? 'This cannot be done about a field that fails so.';
      return refuse(400, words, 'treatment');
    }
    const wrong =
      treatment === 'READ_FROM' ? wrongSource(field, source, await listAttributeNames(tx)) : null;
    if (wrong) return refuse(400, wrong, 'source');
    const [made] = await tx.mappingRule.createManyAndReturn({
      data: {
        cause,
        field,
        treatment,
        source,
        reason,
        createdById: actor.id,
        createdByName: actor.name,
      },
      skipDuplicates: true,
      select: { id: true },
    });
    if (!made) {
      const words = `There is a rule for ${field} already. Withdraw that one first.`;
      return refuse(409, words);
    }
    const id = made.id.toString();
    await recordEvent(tx, {
      kind: 'mapping_rule.added',
      actor,
      subject: { type: 'mapping_rule', id, name: field },
      data: { field, cause, treatment, source, reason },
      requestId,
    });
    return { ok: true, id };
  });
}

function wrongSource(field: string, source: string | null, described: string[]): string | null {
  if (source === null) return 'Name the field to read in its place.';
  if (source === field) return 'This is the field that cannot be read. Name another one.';
  // Before the description was first read, any name may be right.
  if (described.length === 0 || described.includes(source)) return null;
  return `The CRM’s list of fields has no ${source}. Mind capital letters.`;
}
