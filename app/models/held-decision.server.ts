import type { Db } from '#app/lib/db.server.ts';

/** What a person said about a held run. */
export interface HeldDecisionTaken {
  released: boolean;
  by: string;
  byId: string | null;
  at: Date;
  /** Opportunities marked as gone, or kept. */
  count: number;
  reason: string | null;
}

/** What was decided on a run that had been held; null where nobody has. */
export async function getHeldDecision(db: Db, runId: string): Promise<HeldDecisionTaken | null> {
  const event = await db.auditEvent.findFirst({
    where: {
      subjectType: 'sync_run',
      subjectId: runId,
      kind: { in: ['sync.released', 'sync.dropped'] },
    },
    orderBy: { id: 'desc' },
  });
  if (!event) return null;
  const data = event.data as { marked?: number; spared?: number; reason?: string };
  return {
    released: event.kind === 'sync.released',
    by: event.actorName,
    byId: event.actorId,
    at: event.at,
    count: data.marked ?? data.spared ?? 0,
    reason: data.reason ?? null,
  };
}
