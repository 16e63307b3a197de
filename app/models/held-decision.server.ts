import type { Db } from '#app/lib/db.server.ts';

/** What a person said about a held run. */
export interface HeldDecisionTaken {
  /** Marked what was missing as gone, closed the run, or let the sync go on without fields. */
  did: 'released' | 'dropped' | 'accepted';
  by: string;
  byId: string | null;
  at: Date;
  /** Opportunities marked as gone, or kept. */
  count: number;
  reason: string | null;
  /** The sync ordered in place of a run held for fields. */
  nextRun: string | null;
}

const deeds: Record<string, HeldDecisionTaken['did']> = {
  'sync.released': 'released',
  'sync.dropped': 'dropped',
  'sync.fields_accepted': 'accepted',
};

/** What was decided on a run that had been held; null where nobody has. */
export async function getHeldDecision(db: Db, runId: string): Promise<HeldDecisionTaken | null> {
  const event = await db.auditEvent.findFirst({
    where: {
      subjectType: 'sync_run',
      subjectId: runId,
      kind: { in: Object.keys(deeds) },
    },
    orderBy: { id: 'desc' },
  });
  if (!event) return null;
  const did = deeds[event.kind] ?? 'dropped';
  const data = event.data as { marked?: number; spared?: number; reason?: string };
  return {
    did,
    by: event.actorName,
    byId: event.actorId,
    at: event.at,
    count: data.marked ?? data.spared ?? 0,
    reason: data.reason ?? null,
    nextRun: did === 'accepted' ? await firstSyncSince(db, event.at) : null,
  };
}

async function firstSyncSince(db: Db, at: Date): Promise<string | null> {
  const run = await db.syncLog.findFirst({
    where: { purpose: 'SYNC', syncType: 'FULL', startedAt: { gte: at } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return run?.id.toString() ?? null;
}
