import type { AcceptFieldsForm, FieldChoice } from '#app/domain/accept-fields-form.ts';
import { mappedFields } from '#app/domain/crm-fields.ts';
import { refuseChoices, type ChoiceRefusal } from '#app/domain/field-choice.ts';
import { unfedFields, vanishedCause } from '#app/domain/field-drift.ts';
import { listed } from '#app/domain/listed.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { tenantFields } from '#app/lib/tenant-fields.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { listKnown, listVanishedRules } from '#app/models/crm-attribute.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { orderPatience, placeOrder, ringFor } from './request-sync.server.ts';

export interface FieldsActing {
  actor: { id: string; name: string };
  requestId?: string;
}

type Refused = { ok: false; status: 400 | 403 | 409 } & Omit<ChoiceRefusal, 'status'>;

/** `runId` is that of the sync ordered; null where one was running already. */
export type FieldsAccepted = { ok: true; runId: string | null } | Refused;

/**
 * Lets the sync go on without fields that vanished, as a person says for each: rules for them, the held
 * run closed, and a full sync in its place.
 */
export async function acceptVanishedFields(
  acting: FieldsActing,
  form: AcceptFieldsForm,
): Promise<FieldsAccepted> {
  const accepted = await db.$transaction((tx) => accept(tx, acting, form), orderPatience);
  if (accepted.ok && accepted.runId) await ringFor(accepted.runId);
  return accepted;
}

async function accept(
  tx: Db,
  acting: FieldsActing,
  { runId, choices, reason }: AcceptFieldsForm,
): Promise<FieldsAccepted> {
  const { actor, requestId } = acting;
  if (!(await stillHolds(tx, actor.id, 'run:sync'))) {
    return refuse(403, 'Your roles no longer let you decide on a sync. Nothing was changed.');
  }
  const held = await tx.$queryRaw<unknown[]>`
    SELECT id FROM sync_logs
    WHERE id = ${BigInt(runId)} AND status = 'HELD' AND held_cause = 'FIELD_VANISHED' FOR UPDATE`;
  if (held.length === 0) {
    return refuse(
      409,
      'This run is not held any more: somebody has decided on it, or a later run has.',
    );
  }
  const known = await listKnown(tx);
  const unfed = unfedFields(mappedFields(tenantFields()), known, await listVanishedRules(tx));
  const refusal = refuseChoices(choices, unfed, known);
  if (refusal) return { ok: false, ...refusal };
  for (const choice of choices) await putRule(tx, acting, choice, reason);
  const fields = choices.map(({ field }) => field);
  const errorMessage = `Held, until ${actor.name} let the sync go on without ${listed(fields)}.`;
  const data = { status: 'CANCELLED', errorMessage } as const;
  await tx.syncLog.update({ where: { id: BigInt(runId) }, data });
  await recordEvent(tx, {
    kind: 'sync.fields_accepted',
    actor,
    subject: { type: 'sync_run', id: runId },
    data: { fields, reason },
    requestId,
  });
  const ordered = await placeOrder(tx, { mode: 'FULL', ...acting });
  return { ok: true, runId: ordered.ok ? ordered.runId : null };
}

/** Puts a rule in force; one that stood for the same attribute did not answer for it any more. */
async function putRule(
  tx: Db,
  { actor, requestId }: FieldsActing,
  { field, treatment, source }: FieldChoice,
  reason: string,
): Promise<void> {
  const by = { actor, requestId };
  const earlier = await tx.mappingRule.findFirst({
    where: { field, cause: vanishedCause, withdrawnAt: null },
    select: { id: true },
  });
  if (earlier) {
    const data = { withdrawnAt: new Date(), withdrawnByName: actor.name };
    await tx.mappingRule.update({ where: { id: earlier.id }, data });
    await recordEvent(tx, {
      kind: 'mapping_rule.withdrawn',
      subject: { type: 'mapping_rule', id: earlier.id.toString(), name: field },
      data: { field, cause: vanishedCause },
      ...by,
    });
  }
  const rule = { field, cause: vanishedCause, treatment, source, reason };
  const { id } = await tx.mappingRule.create({
    data: { ...rule, createdById: actor.id, createdByName: actor.name },
  });
  await recordEvent(tx, {
    kind: 'mapping_rule.added',
    subject: { type: 'mapping_rule', id: id.toString(), name: field },
    data: rule,
    ...by,
  });
}

function refuse(status: 403 | 409, message: string): Refused {
  return { ok: false, status, message, errors: {} };
}
