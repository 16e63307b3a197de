import type { RuleCause, Treatment } from '#app/domain/mapping-rule.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A rule in force, with who made it and why. */
export interface RuleInForce {
  id: string;
  field: string;
  cause: RuleCause;
  treatment: Treatment;
  source: string | null;
  reason: string;
  by: string;
  at: Date;
}

/** The rules in force, the newest first; those for one field and cause where they are given. */
export async function listRules(
  db: Db,
  only: { field?: string; cause?: string } = {},
): Promise<RuleInForce[]> {
  const rows = await db.mappingRule.findMany({
    where: { withdrawnAt: null, ...only },
    orderBy: { id: 'desc' },
  });
  return rows.map(({ id, field, cause, treatment, source, reason, createdByName, createdAt }) => ({
    id: id.toString(),
    field,
    treatment,
    source,
    reason,
    // Only what the table of causes knows is written.
    cause: cause as RuleCause,
    by: createdByName,
    at: createdAt,
  }));
}

/** The attributes the CRM describes, for whoever chooses one; empty before they were first read. */
export async function listAttributeNames(db: Db): Promise<string[]> {
  const rows = await db.crmAttribute.findMany({
    where: { vanishedAt: null },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ name }) => name);
}

/** Ends a rule; null where it is not in force. */
export async function withdrawRule(
  tx: Db,
  id: bigint,
  by: string,
): Promise<{ field: string; cause: string; treatment: Treatment } | null> {
  const [rule] = await tx.mappingRule.updateManyAndReturn({
    where: { id, withdrawnAt: null },
    data: { withdrawnAt: new Date(), withdrawnByName: by },
    select: { field: true, cause: true, treatment: true },
  });
  return rule ?? null;
}
