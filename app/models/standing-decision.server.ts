import type { DecisionSummary } from '#app/domain/qualification-view.ts';
import type { Db } from '#app/lib/db.server.ts';

/**
 * The latest decision on an opportunity with its conditions, which lapse where nobody has to follow them up
 * any more. `today` is YYYY-MM-DD.
 */
export async function latestDecision(
  db: Db,
  opportunityId: string,
  { today, followed }: { today: string; followed: boolean },
): Promise<DecisionSummary | null> {
  const row = await db.decision.findFirst({
    where: { opportunityId: BigInt(opportunityId) },
    orderBy: { id: 'desc' },
    include: {
      conditions: { orderBy: { position: 'asc' } },
      assessment: { select: { version: true } },
      recommendation: { select: { verdict: true } },
    },
  });
  if (!row) return null;
  const { verdict, reason, overrides, fastTrack } = row;
  return {
    id: String(row.id),
    verdict,
    reason,
    overrides,
    fastTrack,
    recommended: row.recommendation?.verdict ?? null,
    version: row.assessment?.version ?? null,
    by: row.decidedByName,
    at: row.decidedAt,
    conditions: row.conditions.map(({ id, condition, due, metAt, metByName, metNote }) => {
      const day = due.toISOString().slice(0, 10);
      return {
        id: String(id),
        condition,
        due: day,
        state: metAt ? 'met' : !followed ? 'lapsed' : day < today ? 'overdue' : 'open',
        met: metAt && { at: metAt, by: metByName ?? 'somebody', note: metNote ?? '' },
      };
    }),
  };
}
