import { auditKindNames } from '#app/domain/audit-words.ts';
import type { AuditKind } from '#app/domain/audit.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface LastAct {
  actor: string;
  actorId: string | null;
  what: string;
  at: Date;
}

/**
 * The last thing done to an opportunity or a scorecard, by a person or the sync.
 * Refusals do nothing, comments and files move nothing.
 */
export async function lastAct(
  db: Db,
  subjectId: string,
  subjectType: 'opportunity' | 'scorecard' = 'opportunity',
): Promise<LastAct | null> {
  const row = await db.auditEvent.findFirst({
    where: {
      subjectType,
      subjectId,
      kind: { startsWith: `${subjectType}.`, not: 'opportunity.refused' },
    },
    orderBy: { id: 'desc' },
  });
  if (!row) return null;
  const what = auditKindNames[row.kind as AuditKind] ?? row.kind;
  return { actor: row.actorName, actorId: row.actorId, what, at: row.at };
}
