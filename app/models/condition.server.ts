import { comesToNothing } from '#app/domain/followed-conditions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';

/** Whether the conditions of the last decision on `o` are followed up: conditionsFollowed, said in SQL. */
export const followed: Sql = Prisma.sql`(
  coalesce(o.status_before_close, o.workflow_status) = 'CONDITIONAL_GO'
  AND coalesce(o.crm_status, '') NOT IN (${Prisma.join(comesToNothing)}))`;

/** A condition of a decision on this opportunity; `standing` says whether no decision came after. */
export async function findCondition(
  db: Db,
  opportunityId: string,
  conditionId: string,
): Promise<{ text: string; met: { by: string } | null; standing: boolean } | null> {
  const row = await db.decisionCondition.findFirst({
    where: { id: BigInt(conditionId), decision: { opportunityId: BigInt(opportunityId) } },
    select: { condition: true, metAt: true, metByName: true, decisionId: true },
  });
  if (!row) return null;
  const later = await db.decision.count({
    where: { opportunityId: BigInt(opportunityId), id: { gt: row.decisionId } },
  });
  return {
    text: row.condition,
    met: row.metAt && { by: row.metByName ?? 'Somebody' },
    standing: later === 0,
  };
}

/** Notes by name that a condition is met. */
export async function markMet(
  tx: Db,
  conditionId: string,
  by: { id: string; name: string },
  note: string,
): Promise<void> {
  await tx.decisionCondition.update({
    where: { id: BigInt(conditionId) },
    data: { metAt: new Date(), metById: by.id, metByName: by.name, metNote: note },
    select: { id: true },
  });
}
